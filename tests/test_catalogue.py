"""Looking one sentence up: it says what the standard library says, which reads the whole catalogue for it."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from aftercare.catalogue import Catalogue
from tests.messages import COMPILED, chinese


@pytest.fixture(scope="module")
def ours() -> Catalogue:
    """The Chinese catalogue, sentences looked up."""
    return Catalogue(str(COMPILED))


@pytest.fixture(scope="module")
def librarys() -> gettext.NullTranslations:
    """The Chinese catalogue as the standard library reads it."""
    with COMPILED.open("rb") as file:
        return gettext.GNUTranslations(file)


def test_every_sentence_is_found(ours: Catalogue, librarys: gettext.NullTranslations) -> None:
    """A sentence that was not found would be English in the midst of a Chinese page."""
    asked = 0
    for message in chinese():
        match message.id, message.context:
            case "", _:
                continue
            case str(sentence), None:
                assert ours.gettext(sentence) == librarys.gettext(sentence) != ""
            case str(word), str(context):
                assert ours.pgettext(context, word) == librarys.pgettext(context, word)
            case (one, many), None:
                for count in (0, 1, 2, 5):
                    assert ours.ngettext(one, many, count) == librarys.ngettext(one, many, count)
            case other:
                pytest.fail(f"nobody says how to look up {other}")
        asked += 1
    assert asked > 4000


@pytest.mark.parametrize("unknown", ["", "no such sentence", "\uffff", "today\x00", "\udce4"], ids=ascii)
def test_what_is_not_there_is_said_as_it_is(ours: Catalogue, unknown: str) -> None:
    """Words of a book, such as a theme of the shop's own, pass through the catalogue too."""
    assert ours.gettext(f"{unknown}!") == f"{unknown}!"
    assert ours.pgettext("word", f"{unknown}!") == f"{unknown}!"
    assert [ours.ngettext("{n} x!", "{n} xs!", count) for count in (1, 2)] == ["{n} x!", "{n} xs!"]


def test_a_language_may_have_two_forms(tmp_path: Path) -> None:
    """One thing and several are said in two ways in a language that does, and a count of none like several."""
    catalogue = tmp_path / "two.mo"
    sentence, said = b"{n} day\0{n} days", b"{n} Tag\0{n} Tage"
    head = b"".join(number.to_bytes(4, "little") for number in (0x950412DE, 0, 1, 28, 36, 0, 0))
    places = [len(sentence), 44, len(said), 44 + len(sentence) + 1]
    catalogue.write_bytes(
        head + b"".join(number.to_bytes(4, "little") for number in places) + sentence + b"\0" + said + b"\0"
    )
    found = Catalogue(str(catalogue))
    assert [found.ngettext("{n} day", "{n} days", count) for count in (0, 1, 2)] == ["{n} Tage", "{n} Tag", "{n} Tage"]


@pytest.mark.parametrize("held", [b"", b"\xde\x12\x04\x95", b"msgid" * 10], ids=["empty", "cut", "another"])
def test_what_is_no_catalogue_is_refused(tmp_path: Path, held: bytes) -> None:
    """A half-installed program says so, rather than speaking two languages."""
    (tmp_path / "x.mo").write_bytes(held)
    with pytest.raises(ValueError, match=r"x\.mo"):
        Catalogue(str(tmp_path / "x.mo"))
