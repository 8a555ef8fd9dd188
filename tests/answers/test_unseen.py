"""Names with something in them that nobody sees."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.counter import Counter, opened

HIDDEN = {
    "U+200B": "\u200b",
    "U+FEFF": "\ufeff",
    "U+200E": "\u200e",
    "U+2060": "\u2060",
    "U+000A": "\n",
    "U+0009": "\t",
}


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop."""
    return opened(tmp_path, capsys, monkeypatch)


@pytest.mark.parametrize("index", ["on", "off"])
def test_a_name_that_nobody_can_type_is_told(counter: Counter, monkeypatch: pytest.MonkeyPatch, index: str) -> None:
    """A name pasted from a web page, with a sign in it that no screen shows: the clerk who typed what they saw found
    nobody, and made a second customer, who was called and delivered to twice.
    """
    monkeypatch.setenv("AFTERCARE_INDEX", index)
    assert "hidden-character" not in counter("check files").out
    for name, character in HIDDEN.items():
        added = counter.done("", "customer", "add", "--name", f"赵{character}六")
        assert f"name holds {name}, which is not seen" in added.err
        found = counter("check files")
        assert found.code == 1
        assert f"CU26-0003.yaml:2: hidden-character name holds {name}" in found.out
        assert "holds" not in counter.done("customer set CU26-0003 note=x").err  # it was told when it was written
        assert counter.done("customer show CU26-0003 --format json").json["name"] == f"赵{character}六"
        counter.done("customer set CU26-0003 name=赵六")
        assert counter("check files").code == 0
        (counter.folder / "customers/2026/CU26-0003.yaml").unlink()


def test_it_is_told_however_a_name_comes(counter: Counter) -> None:
    """By a flag, by ``set``, from a file, from a spreadsheet; of models and serial numbers too, and of no free text."""
    counter.write("c.jsonl", '{"name": "赵\\u200b六"}\n')
    counter.write("c.csv", "姓名,电话\n钱\u200b七,13600136001\n")
    counter.write("c.vcf", "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:孙\u200b八\r\nTEL:13600136002\r\nEND:VCARD\r\n")
    for words in (
        ("customer", "add", "--from", "c.jsonl"),
        ("import", "customer", "c.csv"),
        ("import", "contacts", "c.vcf"),
        ("customer", "set", "CU26-0001", "name=王\u200b建国"),
        ("product", "set", "PR26-0001", "model=KFR\u200b-35"),
        ("sale", "set", "SA26-0001", "items.1.serial=KF\u200b35"),
    ):
        assert "holds U+200B, which is not seen" in counter.done("", *words).err, words
    assert "holds" not in counter.done("", "customer", "set", "CU26-0002", "note=a\u200bb").err
    assert "holds" not in counter.done("", "customer", "add", "--name", "Zoë 👨\u200d👩\u200d👧 می\u200cخواهم").err
    assert counter("check files").out.count("hidden-character") == 6


def test_a_thousand_such_names_are_not_a_thousand_lines(counter: Counter) -> None:
    """A spreadsheet of a platform may have one in every row; ``check`` names them all."""
    counter.write("c.csv", "姓名,电话\n" + "".join(f"钱\u200b{n},136001{n:05}\n" for n in range(20)))
    assert counter.done("import customer c.csv").err.count("which is not seen") == 5
    assert counter("check files").out.count("hidden-character") == 20
