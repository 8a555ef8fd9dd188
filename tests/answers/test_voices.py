"""The customers' words: each once for every product it is about, under one theme, whatever way that is spelled."""

from __future__ import annotations

from datetime import date

from aftercare.answers.observed import observed
from aftercare.answers.voices import Theme, by_theme
from tests.answers import shop
from tests.answers.shop import BUYER, CHAIR, COOLER, record

UNIT = "SA26-0001/1"
PARTS = {COOLER: {"compressor": "压缩机"}, CHAIR: {}}
SALE = record("SA26-0001", items=f"[{{product: {COOLER}}}, {{product: {CHAIR}}}]")


def _themes(*texts: str, first: date = date.min, last: date = date.max) -> list[Theme]:
    shelf = shop.shelf(SALE, *texts)
    return by_theme(shelf, PARTS, observed(shelf, PARTS).noted, first, last)


def _short(themes: list[Theme]) -> list[tuple[str, str, list[str]]]:
    return [(one.product, one.theme, [said.words for said in one.said]) for one in themes]


def _claim(number: int, symptom: str, component: str = "", unit: str = UNIT) -> str:
    part = f", component: {component}" if component else ""
    fault = f"{{symptom: {symptom}{part}}}"
    return record(f"CL26-{number:04}", unit=unit, reported_on=f"2026-08-0{number}", fault=fault)


def _visit(number: int, about: str = UNIT, **more: str) -> str:
    said = {"at": f"2026-05-0{number}T10:00", "about": f"[{about}]", **more}
    return record(f"VI26-{number:04}", **said)


def test_one_theme_has_one_row_however_it_is_spelled() -> None:
    """By both names that the rules have for a part, whether full-width or not; the commonest spelling names it."""
    claims = (_claim(1, "响", "压缩机"), _claim(2, "不转", "Compressor"), _claim(3, "漏", "压缩机"))
    assert _short(_themes(*claims)) == [(COOLER, "压缩机", ["漏", "不转", "响"])]


def test_what_names_no_theme_is_of_the_one_that_it_mentions() -> None:
    """A question about the compressor belongs to its faults; one about two themes, or none, belongs to neither."""
    found = _themes(
        _claim(1, "响", "压缩机"),
        _claim(2, "堵了", "滤网"),
        _visit(3, question="Compressor 多久换一次"),
        _visit(4, question="压缩机和滤网哪个先坏"),
        _visit(5, question="几点关门"),
    )
    assert _short(found) == [
        (COOLER, "压缩机", ["响", "Compressor 多久换一次"]),
        (COOLER, "滤网", ["堵了"]),
        (COOLER, "", ["几点关门", "压缩机和滤网哪个先坏"]),
    ]


def test_a_longer_theme_is_meant_where_it_holds_a_shorter_one() -> None:
    """Who speaks of the remote control's battery does not speak of the battery; a theme of one letter is never looked
    for.
    """
    found = _themes(
        _claim(1, "鼓包", "电池"),
        _claim(2, "没电", "遥控器电池"),
        _claim(3, "响", "阀"),
        _visit(4, question="遥控器电池是几号"),
        _visit(5, question="四通阀是什么"),
    )
    assert _short(found)[0] == (COOLER, "遥控器电池", ["没电", "遥控器电池是几号"])
    assert (COOLER, "", ["四通阀是什么"]) in _short(found)


def test_themes_of_one_product_are_none_of_another() -> None:
    """A chair has no compressor: the word in a complaint about it is only a word."""
    complaint = record("CO26-0001", about="[SA26-0001/2]", what="椅子比压缩机还响")
    found = _themes(_claim(1, "响", "压缩机"), _claim(2, "漏", "压缩机"), complaint)
    assert _short(found) == [(COOLER, "压缩机", ["漏", "响"]), (CHAIR, "", ["椅子比压缩机还响"])]


def test_what_became_a_record_is_told_by_that_record_alone() -> None:
    """A wish that was heard in a call is one thing said, not two."""
    wish = record("WI26-0001", customer=BUYER, about=f"[{UNIT}]", said_on="2026-05-03", words="再静一点", theme="噪音")
    found = _themes(wish, _visit(3, heard="[WI26-0001, 下月搬家]"))
    assert _short(found) == [(COOLER, "噪音", ["再静一点"]), (COOLER, "", ["下月搬家"])]
    assert [one.kinds for one in found] == [{"wish": 1}, {"heard": 1}]


def test_what_was_taken_back_and_what_has_no_words_is_not_there() -> None:
    """A wish withdrawn, and a claim that says nothing but that something is wrong."""
    wish = record(
        "WI26-0001",
        customer=BUYER,
        about=f"[{UNIT}]",
        said_on="2026-05-03",
        words="再静一点",
        withdrawn="{on: 2026-05-04}",
    )
    assert _themes(wish, record("CL26-0001", unit=UNIT)) == []


def test_a_claim_in_which_nothing_was_found_was_said_all_the_same() -> None:
    """The customer heard a noise, whatever the workshop heard."""
    repair = "[{in: 2026-08-02, out: 2026-08-03, result: no_fault}]"
    claim = record("CL26-0001", unit=UNIT, reported_on="2026-08-01", fault="{symptom: 响}", repairs=repair)
    (theme,) = _themes(claim)
    assert theme.kinds == {"fault": 1}


def test_a_contact_about_two_products_is_said_of_both() -> None:
    """Of which of them the customer spoke nobody noted; it is listed under each."""
    found = _themes(_visit(3, about=f"{UNIT}, SA26-0001/2", heard="[孩子小]"))
    assert _short(found) == [(COOLER, "", ["孩子小"]), (CHAIR, "", ["孩子小"])]


def test_only_what_was_said_in_the_period() -> None:
    """Both of its ends included, as everywhere."""
    visits = [_visit(number, question=f"问{number}") for number in (1, 2, 3, 4)]
    assert _short(_themes(*visits, first=date(2026, 5, 2), last=date(2026, 5, 3))) == [(COOLER, "", ["问3", "问2"])]
