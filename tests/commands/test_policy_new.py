"""``policy new``: a pack to begin with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aftercare.policies.load import parse
from tests.counter import Counter, at_the_counter


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """An empty book."""
    counter = Counter(tmp_path / "book", capsys)
    counter.folder.mkdir()
    at_the_counter(counter.folder, monkeypatch)
    counter.write("aftercare.yaml", "shop: 海鸥表行\ncountry: CN\ngit: no\n")
    return counter


@pytest.mark.parametrize("issuer", ["maker", "shop"])
def test_it_is_a_pack_as_it_stands(counter: Counter, issuer: str) -> None:
    """Nothing is wrong with the file; only what is still to be filled in is named, and a shop's is ready."""
    assert counter.done("", "policy", "new", issuer, "ours").out == "policies/ours.yaml\n"
    data = (counter.folder / "policies" / "ours.yaml").read_bytes()
    pack = parse(data, "ours.yaml")
    assert (pack.id, pack.issuer, pack.country) == ("ours", issuer, "CN")
    assert pack.law.lines
    first = data.decode().splitlines()[0]
    schema = counter.folder / "policies" / first.removeprefix("# yaml-language-server: $schema=")
    assert json.loads(schema.read_text(encoding="utf-8"))["title"] == "pack"
    found = counter("", "policy", "check")
    assert {line.split()[1] for line in found.out.splitlines()} == ({"unfinished"} if issuer == "maker" else set())
    assert found.code == (1 if issuer == "maker" else 0)


def test_a_file_is_never_written_over(counter: Counter) -> None:
    """A second pack needs another name."""
    counter.done("", "policy", "new", "shop", "ours")
    (counter.folder / "policies" / "ours.yaml").write_text("mine", encoding="utf-8")
    again = counter("", "policy", "new", "shop", "ours")
    assert again.code == 5
    assert "policies/ours.yaml is there already" in again.err
    assert (counter.folder / "policies" / "ours.yaml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("words", "said"), [(("shop", "Ours"), "small letters"), (("shop", "de"), "comes with"), (("king", "x"), "king")]
)
def test_names_that_are_none(counter: Counter, words: tuple[str, str], said: str) -> None:
    """An id is a name of packs that nobody has yet."""
    outcome = counter("", "policy", "new", *words)
    assert outcome.code == 2
    assert said in outcome.err


def test_without_a_book_it_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever writes packs for others has no book."""
    counter = Counter(tmp_path, capsys)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AFTERCARE_BOOK", raising=False)
    out = counter("", "policy", "new", "maker", "seagull").out
    assert parse(out.encode(), "x.yaml").id == "seagull"
    assert list(tmp_path.iterdir()) == []


def test_where_the_schema_cannot_be_put_the_pack_is_begun_all_the_same(counter: Counter, tmp_path: Path) -> None:
    """It is the same pack, whose schema may be written later; and no link is followed."""
    (counter.folder / ".aftercare").mkdir()
    (counter.folder / ".aftercare/schema").symlink_to(tmp_path)
    counter.done("", "policy", "new", "shop", "ours")
    said = (counter.folder / "policies/ours.yaml").read_text(encoding="utf-8")
    assert said.startswith("# yaml-language-server: $schema=../.aftercare/schema/pack.schema.json\n")
    assert not (tmp_path / "pack.schema.json").exists()
