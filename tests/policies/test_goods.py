"""Tables of goods."""

from __future__ import annotations

import pytest

from aftercare.policies.goods import Goods, Row, in_catalogue, is_main
from tests.policies.made_laws import faults_of, laws

_GENERAL = next(pack.law.goods for pack in laws() if pack.id == "cn-1995-general")


def _row(category: str) -> Row:
    found = _GENERAL.row(category)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("fridgge: {whole: 1}", [("category", "goods.fridgge")]),
        ("refrigerator: {whole: x}", [("number", "goods.refrigerator.whole")]),
        ("refrigerator: {whole: -1}", [("number", "goods.refrigerator.whole")]),
        ("refrigerator: {sure: maybe}", [("choice", "goods.refrigerator.sure")]),
        ("refrigerator: {main_parts: one}", [("shape", "goods.refrigerator.main_parts")]),
    ],
)
def test_what_a_row_cannot_say(row: str, found: list[tuple[str, str]]) -> None:
    """Each fault names the cell."""
    faults = faults_of("lines:\n", f"goods:\n  {row}\nlines:\n")
    assert [(code, message.partition(": ")[0]) for code, message in faults] == found


def test_what_holds_for_goods_holds_for_narrower_ones() -> None:
    """A category without a row has that of the nearest one above it."""
    assert _row("split_air_conditioner") is _row("air_conditioner")
    assert _GENERAL.row("clothing") is None


def test_a_wide_word_does_not_say_which() -> None:
    """Where only narrower goods have rows, the category is to be asked for; nothing is asked of other goods."""
    assert _GENERAL.below("tv")
    assert not _GENERAL.below("clothing")
    assert not _GENERAL.below("refrigerator")


def test_an_unknown_figure_is_no_empty_cell() -> None:
    """A figure that nobody has is kept apart from one that there is not."""
    row = _row("watch_clock")
    assert row.unknown == {"whole", "main", "rate"}
    assert row.figures == {}


@pytest.mark.parametrize(
    ("part", "main"),
    [("压缩机", True), ("Compressor", True), ("压缩机启动器", None), ("other", False), ("门把手", False)],
)
def test_a_part_is_a_main_part_by_its_whole_name(part: str, main: bool | None) -> None:
    """A name that only contains that of a main part is neither: somebody must say which it is."""
    assert is_main(_row("refrigerator"), part) is main


@pytest.mark.parametrize(
    ("category", "listed"),
    [("refrigerator", True), ("drum_washing_machine", True), ("clothing", False), ("goods", None)],
)
def test_a_catalogue_lists_goods_and_all_below_them(category: str, listed: bool | None) -> None:
    """A wider word than the catalogue's leaves it open."""
    assert in_catalogue("CN", category) is listed


def test_no_country_no_catalogue() -> None:
    """Where no catalogue ships, nothing is listed; an empty table is no table."""
    assert in_catalogue("XX", "refrigerator") is False
    assert not Goods({})
