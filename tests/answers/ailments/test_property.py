"""Random damage to a small book: the doctor mends without touching what is good and without losing a byte."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aftercare.answers.checking import checked
from aftercare.book.book import Book
from aftercare.cli import run
from aftercare.errors import Fault

RECORDS = {
    "customers/2026/CU26-0001.yaml": "id: CU26-0001\nname: 王建国  # 熟客\nphones: [13800138000]\n",
    "customers/2026/CU26-0002.yaml": "id: CU26-0002\nname: 李梅\nreferred_by: CU26-0001\n",
    "products/2026/PR26-0001.yaml": "id: PR26-0001\nname: 空调\ncategory: air_conditioner\n",
    "sales/2026/SA26-0001.yaml": (
        "id: SA26-0001\ncustomer: CU26-0002\nsold_on: 2026-03-02\nitems:\n- {product: PR26-0001}\n# 老王介绍\n"
    ),
    "visits/2026/VI26-0001.yaml": (
        "id: VI26-0001\ncustomer: CU26-0002\nabout: [SA26-0001/1]\nchannel: phone\npurpose: call_back\n"
        "at: 2026-03-03T10:00\noutcome: reached\n"
    ),
}
Damage = Callable[[Path], None]
_FILES = st.sampled_from([*RECORDS, "aftercare.yaml"])
_ODD = st.sampled_from(
    [
        "{stem}.YAML",
        "{stem}.yml",
        "{lower}.yaml",
        "{stem} (1).yaml",
        "{stem} - 副本.yaml",
        "{stem}.sync-conflict-1.yaml",
    ]
)
_PLACES = st.sampled_from(
    ["", "sales/2026/", "sales/2025/", "customers/2026/old/", "Customers/2026/", "customers/2026/"]
)
_JUNK = st.sampled_from(["{name}~", "{name}.orig", ".{name}.99999999.tmp", "#{name}#", "{name}.rej"])


def _there(root: Path, file: str) -> Path | None:
    path = root / file
    return path if path.is_file() else None


def _write(path: Path, data: bytes) -> None:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


@st.composite
def _recoded(draw: st.DrawFn) -> Damage:
    file, encoding = draw(_FILES), draw(st.sampled_from(["gb18030", "utf-16", "utf-16-be", "utf-8-sig", "latin-1"]))

    def damage(root: Path) -> None:
        if path := _there(root, file):
            path.write_bytes(path.read_bytes().decode("utf-8", "replace").encode(encoding, "replace"))

    return damage


@st.composite
def _odd(draw: st.DrawFn) -> Damage:
    file, place, pattern = draw(_FILES), draw(_PLACES), draw(_ODD)
    is_copy, changed = draw(st.booleans()), draw(st.booleans())

    def damage(root: Path) -> None:
        if path := _there(root, file):
            data = path.read_bytes() + (b"note: x\n" if changed else b"")
            if not is_copy:
                path.unlink()
            _write(root / f"{place}{pattern.format(stem=path.stem, lower=path.stem.lower())}", data)

    return damage


@st.composite
def _named_otherwise(draw: st.DrawFn) -> Damage:
    file, number, is_copy = draw(st.sampled_from([*RECORDS])), draw(st.integers(1, 4)), draw(st.booleans())

    def damage(root: Path) -> None:
        if path := _there(root, file):
            data = path.read_bytes() + b"note: x\n"
            if not is_copy:
                path.unlink()
            _write(path.with_name(f"{path.stem[:-1]}{number}.yaml"), data)

    return damage


@st.composite
def _left(draw: st.DrawFn) -> Damage:
    file, pattern, text = draw(_FILES), draw(_JUNK), draw(st.binary(max_size=9))

    def damage(root: Path) -> None:
        path = root / file
        _write(path.with_name(pattern.format(name=path.name)), text)

    return damage


@st.composite
def _broken(draw: st.DrawFn) -> Damage:
    file, data = (
        draw(st.sampled_from([*RECORDS])),
        draw(st.sampled_from([b"", b"<<<<<<< a\n", b"\xff\xfe", b"id: x\n"])),
    )

    def damage(root: Path) -> None:
        if path := _there(root, file):
            path.write_bytes(data)
            path.chmod(0o644)

    return damage


_DAMAGES = st.lists(st.one_of(_recoded(), _odd(), _named_otherwise(), _left(), _broken()), max_size=6)


def _bytes(root: Path) -> Counter[bytes]:
    """What all files of the book hold, those set aside too, but for the tool's own."""
    own = {root / ".aftercare" / name for name in ("lock", "holder", ".gitignore")}
    return Counter(path.read_bytes() for path in root.rglob("*") if path.is_file() and path not in own)


def _state(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def _faults(root: Path) -> list[Fault]:
    return checked(Book(root), "references").faults


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFTERCARE_LANG", "en")
    monkeypatch.setenv("AFTERCARE_TODAY", "2026-03-09T10:00")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(damages=_DAMAGES)
def test_whatever_happened_to_a_book(damages: list[Damage]) -> None:
    """Good records stay byte for byte, no bytes are lost, ``check`` says no more than before, and once is enough."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        _write(root / "aftercare.yaml", "git: no  # 不用\n".encode())
        for file, text in RECORDS.items():
            _write(root / file, text.encode())
        for damage in damages:
            damage(root)
        if not (root / "aftercare.yaml").is_file():
            return
        before, faults = _bytes(root), _faults(root)
        good = {file: (root / file).read_bytes() for file in RECORDS if Path(file).stem in Book(root).read().records}
        run(["-C", folder, "doctor", "--fix", "--yes"])
        after = _bytes(root)
        assert {file: (root / file).read_bytes() for file in good} == good
        assert not before - after
        assert {(f.file, f.code) for f in _faults(root) if f.file in good} <= {(f.file, f.code) for f in faults}
        assert len(_faults(root)) <= len(faults)
        state = _state(root)
        assert run(["-C", folder, "doctor", "--fix", "--yes"]) in {0, 1, 3}
        assert _state(root) == state


def test_one_mend_makes_room_for_another(tmp_path: Path) -> None:
    """Two files that were moved on by one: the second can go home only once the first has left its place."""
    _write(tmp_path / "aftercare.yaml", b"git: no\n")
    for number in (1, 2):
        _write(tmp_path / f"customers/2026/CU26-000{number + 1}.yaml", f"id: CU26-000{number}\nname: x\n".encode())
    assert run(["-C", str(tmp_path), "doctor", "--fix", "--yes"]) == 0
    for number in (1, 2):
        assert (tmp_path / f"customers/2026/CU26-000{number}.yaml").read_text().startswith(f"id: CU26-000{number}\n")
