"""``init``: a new book."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """An empty folder."""
    small_shop.at_the_counter(tmp_path, monkeypatch)
    return Counter(tmp_path, capsys)


def test_a_book_says_what_it_was_told(counter: Counter) -> None:
    """The folder is printed alone; currency and time zone follow from the country."""
    line = "init shop --name 阳光家电 --country cn --region Zhejiang --begins-on 2026-03-01 --lang zh --no-git"
    assert counter.done(line).out == "shop\n"
    text = (counter.folder / "shop/aftercare.yaml").read_text(encoding="utf-8")
    for said in ("shop: 阳光家电", "country: CN", "region: Zhejiang", "begins_on: 2026-03-01", "language: zh"):
        assert said in text
    for follows in ("currency: CNY", "time_zone: Asia/Shanghai", "git: no"):
        assert follows in text
    assert counter.done("-C shop check").out == ""
    assert counter.done("-C shop customer add --name 王建国").out == "CU26-0001\n"


def test_the_line_to_paste_is_one_word_for_the_folder(counter: Counter) -> None:
    """A folder named ``$(…)`` would have run it in the shell of whoever pastes the line that says what comes next."""
    for folder, said in (
        ("$(touch canary)", "-C '$(touch canary)' "),
        ("阳光家电", "-C 阳光家电 "),
        ("a b", "-C 'a b' "),
    ):
        assert said in counter.done("init --no-git", folder).err


def test_no_opening_day_unless_it_is_said(counter: Counter) -> None:
    """Then every event counts."""
    counter.done("init shop --no-git")
    assert "begins_on" not in (counter.folder / "shop/aftercare.yaml").read_text(encoding="utf-8")


def test_an_empty_folder_is_fine_and_a_full_one_is_not(counter: Counter) -> None:
    """Nothing of anybody's is mixed up with a book."""
    (counter.folder / "empty").mkdir()
    counter.done("init empty --no-git")
    before = counter.files()
    assert counter("init empty --no-git").code == 5
    assert counter("init . --no-git").code == 5
    assert counter.files() == before


@pytest.mark.parametrize(
    "flags", ["--country China", "--country 中国", "--country C1", "--begins-on soon", "--lang fr"]
)
def test_a_wrong_flag_makes_no_folder(counter: Counter, flags: str) -> None:
    """One line that names the flag, and nothing there."""
    printed = counter(f"init shop --no-git {flags}")
    assert printed.code == 2
    assert flags.split(maxsplit=1)[0] in printed.err
    assert not (counter.folder / "shop").exists()


def _git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True).stdout


def test_history_is_gits_unless_it_is_declined(counter: Counter) -> None:
    """One commit for each command, of its own files alone; a repository around the book is used."""
    counter.done("init shop")
    counter.done("-C shop customer add --name 王建国")
    assert _git(counter.folder / "shop", "log", "--format=%s").splitlines() == ["customer add CU26-0001", "init"]
    assert _git(counter.folder / "shop", "status", "--porcelain") == ""
    counter.done("init other --no-git")
    assert not (counter.folder / "other/.git").exists()
    (counter.folder / "around").mkdir()
    _git(counter.folder / "around", "init", "-q")
    counter.done("init around/shop")
    assert not (counter.folder / "around/shop/.git").exists()
    assert _git(counter.folder / "around", "ls-files").splitlines() == ["shop/aftercare.yaml"]
