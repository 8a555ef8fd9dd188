"""A shop with two clones of its book, in which both gave the same numbers."""

from __future__ import annotations

import subprocess
from pathlib import Path

from aftercare.book import history

IDENTITY = ("-c", "user.name=Shop", "-c", "user.email=shop@example.org", "-c", "core.editor=true")
CUSTOMER, SALE = "customers/2026/CU26-0001.yaml", "sales/2026/SA26-0001.yaml"
SALE_TEXT = (
    "id: SA26-0001\ncustomer: CU26-0001  # who bought it\nsold_on: 2026-03-02\ninvoice: NAME\n"
    "items:\n- {product: PR26-0001}\n"
)


def git(root: Path, *arguments: str, at: str = "", fails: bool = False) -> str:
    """What git says, asked by an operator with a name; commits are made *at* a time (``10:00``)."""
    dated = {"GIT_COMMITTER_DATE": f"2026-03-02T{at}:00+0000", "GIT_AUTHOR_DATE": f"2026-03-02T{at}:00+0000"}
    done = subprocess.run(
        ["env", *(f"{name}={day}" for name, day in dated.items() if at), "git", *IDENTITY, *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        check=not fails,
    )
    return done.stdout.strip("\n")


def put(root: Path, **texts: str) -> None:
    """Files of the book; the underscores of a name stand for slashes and its file is YAML: ``sales_2026_SA26-0001``."""
    for name, text in texts.items():
        file = root / f"{name.replace('_', '/')}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def committed(root: Path, at: str, **texts: str) -> None:
    """Files as one commit."""
    put(root, **texts)
    git(root, "add", "-A", ".")
    git(root, "commit", "-qm", f"at {at}", at=at)


def clones(folder: Path) -> tuple[Path, Path]:
    """Two clones: in the first 王建国 bought in the morning, in the second 李梅 an hour later, both as number 1."""
    one, two = folder / "one", folder / "two"
    one.mkdir()
    history.init(one)
    committed(
        one,
        "09:00",
        **{
            "aftercare": "git: yes\n",
            "products_2026_PR26-0001": "id: PR26-0001\nname: 空调\ncategory: air_conditioner\n",
        },
    )
    git(folder, "clone", "-q", "one", "two")
    committed(one, "10:00", **bought("王建国"), **{"visits_2026_VI26-0001": visit("VI26-0001")})
    committed(two, "11:00", **bought("李梅"))
    committed(two, "12:00", **{"deliveries_2026_DE26-0001": "id: DE26-0001\nsale: SA26-0001\n"})
    return one, two


def bought(name: str) -> dict[str, str]:
    """The first customer and their sale."""
    return {
        "customers_2026_CU26-0001": f"id: CU26-0001\nname: {name}\n",
        "sales_2026_SA26-0001": SALE_TEXT.replace("NAME", name),
    }


def visit(record_id: str) -> str:
    """A call about the first sale, which kept a promise made with it."""
    return (
        f"id: {record_id}\ncustomer: CU26-0001\nabout: [SA26-0001/1]\nchannel: phone\npurpose: call_back\n"
        "at: 2026-03-02T10:30\noutcome: reached\nkeeps: [SA26-0001/1/call-back.1]\n"
    )
