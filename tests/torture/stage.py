"""The book that is harmed, and the commands that write in it while it is."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from tests.torture.tracing import run

SETTINGS = (
    "shop: 阳光家电\ncountry: CN\nlanguage: en\ncurrency: CNY\ntime_zone: Asia/Shanghai\nbegins_on: 2026-01-01\ngit: {}\n"
)
ENVIRONMENT = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "HOME": "/nonexistent",
    "TZ": "Asia/Shanghai",
    "AFTERCARE_TODAY": "2026-03-03T10:00",
    "AFTERCARE_LANG": "en",
    "EDITOR": "sed -i s/E5/E6/",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_DATE": "2026-03-03T10:00:00+08:00",
    "GIT_COMMITTER_DATE": "2026-03-03T10:00:00+08:00",
}
_PRODUCTS = [{"name": f"椅子{n}", "category": "furniture", "model": f"CY-{n}"} for n in range(21, 24)]
_ROWS = "姓名,电话\n甲,12800138011\n乙,12800138012\n丙,12800138013\n"
_SHOP = (
    "customer add --name 王建国 --phone 12800138000 --address 文三路100号",
    "product add --name 空调 --category air_conditioner --model KFR-35 --weight-kg 38",
    "product add --name 餐椅 --category furniture --model CY-8",
    "product add --name 凳子 --category furniture --model DZ-1",
    "sale add --customer CU26-0001 --product PR26-0001 --serial KF1 --price 3299 --sold-on 2026-02-01"
    " --deliver-by 2026-02-03T18:00",
    "delivery add --sale SA26-0001 --signed-by 王建国 --signed-at 2026-02-02T15:00 --charged 0",
    "sale add --customer CU26-0001 --product PR26-0002 --qty 2 --price 158 --sold-on 2026-03-01"
    " --deliver-by 2026-03-03T18:00",
    "claim add --unit SA26-0001/1 --found-on 2026-02-05 --reported-on 2026-02-05 --symptom 不制冷 --note E5",
)


class Act(NamedTuple):
    """A command that writes: its words after ``aftercare -C BOOK``, and what stands on its standard input."""

    words: str
    given: str = ""

    @property
    def name(self) -> str:
        """Its noun and verb."""
        return " ".join(self.words.split()[:2])

    def on(self, book: Path) -> list[str]:
        """All its words."""
        return ["-C", str(book), *(word.replace("ROWS", str(book.parent / "rows.csv")) for word in self.words.split())]


ACTS = (
    Act("claim decide CL26-0001 repair"),  # a record and its verdict: two files of one kind
    Act("customer add --name 陈小燕 --phone 12800138001"),
    Act("product set PR26-0001 note=静音"),
    Act("claim edit CL26-0001"),
    Act("product remove PR26-0003 --yes"),
    Act("delivery sign SA26-0002 --by 王建国 --opened --damage none"),
    Act("visit add --keeps SA26-0001/1/call-back.1 --channel phone --outcome reached --satisfaction 5"),
    Act("product add --from -", json.dumps(_PRODUCTS, ensure_ascii=False)),  # three new files
    Act("import customer ROWS"),
)
AFTERWARDS = Act("customer set CU26-0001 note=谢谢")
"""What is written after a change that stands, to see that the book can still be written in."""


def book(at: Path, *, git: bool) -> Path:
    """A new book in the folder *at*, with the files that the acts read beside it."""
    at.mkdir(parents=True)
    root = at / "book"
    root.mkdir(mode=0o700)
    (at / "rows.csv").write_text(_ROWS, encoding="utf-8")
    (root / "aftercare.yaml").write_text(SETTINGS.format("yes" if git else "no"), encoding="utf-8")
    if git:
        git_in(root, "init", "--quiet", "--template=")
        git_in(root, "add", "aftercare.yaml")
        git_in(root, "-c", "user.name=o", "-c", "user.email=o@example.com", "commit", "--quiet", "-m", "begin")
    for words in _SHOP:
        done = run(Act(words).on(root), ENVIRONMENT)
        assert done.code == 0, done.err
    return root


def copy(root: Path, at: Path) -> Path:
    """The book as it is now, with what lies beside it, in the new folder *at*; times of files are kept."""
    shutil.rmtree(at, ignore_errors=True)
    shutil.copytree(root.parent, at, symlinks=True)
    return at / root.name


def git_in(root: Path, *words: str) -> str:
    """What git says in the book; CalledProcessError if it fails."""
    environment = {**os.environ, **ENVIRONMENT}
    done = subprocess.run(["git", *words], cwd=root, env=environment, capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace")
