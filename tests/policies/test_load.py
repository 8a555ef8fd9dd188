"""Which packs count in a book, and what is wrong between them."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from aftercare.errors import UnknownPacks
from aftercare.plain.moments import Span
from aftercare.policies import lines as line_format
from aftercare.policies import pack as pack_format
from aftercare.policies import reading_plans as plan_format
from aftercare.policies import windows as window_format
from aftercare.policies.between import between
from aftercare.policies.categories import tree
from aftercare.policies.load import Rules, in_force, parse, rules, shipped
from aftercare.policies.pack import Pack
from aftercare.policies.plans import Plan, applying

_ON = date(2026, 6, 1)
_DOCS = Path(__file__).parents[2] / "docs"
_PLANS_PAGE, _PACKS_PAGE = ((_DOCS / name).read_text(encoding="utf-8") for name in ("plans.md", "policies.md"))
_SHIPPED = [pack.id for pack in in_force(shipped(), country="CN", region="Zhejiang", named=None)]


def _own(plan: str = "", pack: str = "own", more: str = "") -> bytes:
    """A shop's pack with one line: the values given, over those of a call-back on the third day."""
    said = {
        "id": "call",
        "title": "回访",
        "category": "goods",
        "after": "delivered",
        "what": "call_back",
        "step": "third-day",
        "channel": "phone",
        "due": "{2026-01-01: [{days: 3}]}",
    }
    said |= dict(part.split(": ", 1) for part in plan.split("; ") if part)
    lines = "\n  ".join(f"{key}: {value}" for key, value in said.items())
    return f"id: {pack}\nissuer: shop\ntitle: 自家\n{more}plans:\n- {lines}\n".encode()


def _rules(*files: bytes, named: list[str] | None = None) -> Rules:
    own = [(f"policies/{at}.yaml", data) for at, data in enumerate(files)]
    return rules(own, country="CN", region="Zhejiang", named=named)


def _spans(found: Rules, category: str, event: str, on: date = _ON) -> dict[str, list[Span]]:
    plans = applying(found.plans, category, on, tree())
    return {plan.step: plan.spans(on) for plan in plans if plan.after == event}


def test_shipped_packs_have_no_fault_of_their_own_or_between_them() -> None:
    """What ships loads, and its lines do not get in each other's way."""
    lines = {plan.line: plan for pack in shipped() for plan in pack.plans}
    accepted: list[Pack] = []
    for pack in shipped():
        beside = [other for other in accepted if not pack.country or other.country in {"", pack.country}]
        assert between(pack, beside, lines) == []
        accepted.append(pack)
    assert accepted


def test_every_shipped_figure_has_its_source() -> None:
    """Each line of a shipped standard cites, what it cites is there, and every source and question serves a line."""
    for pack in (pack for pack in shipped() if pack.issuer == "standard" and not pack.has_law):
        cites = [plan.cite for plan in pack.plans] + [clause.cite for clause in pack.standards.clauses]
        titles = [plan.title for plan in pack.plans] + [clause.title for clause in pack.standards.clauses]
        assert all(cites)
        assert {key for cite in cites for key in cite} == set(pack.sources)
        assert all(title.en != title.zh for title in titles)


def test_goods_that_work_as_they_are_get_two_call_backs() -> None:
    """After a delivery: the day after, and when they have been in use for a week."""
    assert _spans(_rules(), "refrigerator", "delivered") == {"call-back": [Span(days=1), Span(days=7)]}


def test_goods_that_wait_for_a_fitter_are_not_called_twice_in_their_first_week() -> None:
    """An air conditioner: one call for the delivery, the next contact a week after the installation."""
    assert _spans(_rules(), "air_conditioner", "delivered") == {"call-back": [Span(days=1)]}
    assert _spans(_rules(), "air_conditioner", "installed") == {
        "revisit": [Span(days=7), Span(months=1), Span(months=6), Span(months=12)]
    }


def test_a_car_is_called_back_on_the_third_day_instead() -> None:
    """A car's line takes the place of the common one; other vehicles keep it."""
    assert _spans(_rules(), "car", "repaired") == {"call-back": [Span(days=3)]}
    assert _spans(_rules(), "motorcycle", "repaired") == {"call-back": [Span(days=1), Span(days=7)]}


@pytest.mark.parametrize(("category", "trained"), [("laptop", True), ("tractor_small", True), ("monitor", False)])
def test_training_is_for_what_is_to_be_learned(category: str, trained: bool) -> None:
    """Computers and farm machines come with training, a screen does not."""
    assert ("training" in _spans(_rules(), category, "delivered")) is trained


def test_a_birthday_is_greeted_on_its_day_or_not_at_all() -> None:
    """The greeting is due on the day, and late it is worth nothing."""
    (plan,) = (plan for plan in _rules().plans if plan.after == "birthday")
    assert (plan.subject, plan.step, plan.spans(_ON), plan.worthless_late) == ("customer", "birthday", [Span()], True)


def test_who_is_not_reached_is_called_three_times_a_day_apart() -> None:
    """Every call of the shipped plans is tried again the next day, three times in all."""
    calls = [plan for plan in _rules().plans if plan.what in {"call_back", "revisit"}]
    assert {plan.retry for plan in calls} == {(3, Span(days=1))}


def _pack(text: str) -> Pack:
    return parse(f"id: {text}\nissuer: shop\ntitle: t\n".encode(), "p.yaml")


_PACKS = [
    _pack("everywhere"),
    _pack("china\ncountry: CN"),
    _pack("zhejiang\ncountry: CN\nregion: Zhejiang"),
    _pack("france\ncountry: FR"),
]


@pytest.mark.parametrize(
    ("country", "region", "expected"),
    [
        ("CN", "Zhejiang", ["everywhere", "china", "zhejiang"]),
        ("cn", "zhejiang", ["everywhere", "china", "zhejiang"]),
        ("CN", "Shanghai", ["everywhere", "china"]),
        ("CN", "", ["everywhere", "china"]),
        ("FR", "", ["everywhere", "france"]),
        ("", "", ["everywhere"]),
    ],
)
def test_a_book_that_names_none_has_all_of_its_country_and_region(
    country: str, region: str, expected: list[str]
) -> None:
    """A pack without a country holds everywhere, one with a region only there."""
    found = in_force(_PACKS, country=country, region=region, named=None)
    assert [pack.id for pack in found] == expected


def test_a_book_that_names_packs_has_exactly_those() -> None:
    """Named packs count whatever the country, once each; an empty list is none."""
    found = in_force(_PACKS, country="CN", region="", named=["france", "everywhere", "france"])
    assert [pack.id for pack in found] == ["france", "everywhere"]
    assert in_force(_PACKS, country="CN", region="", named=[]) == ()


def test_a_pack_that_nobody_has_is_named_with_those_there_are() -> None:
    """A slip in the settings does not silently switch off a pack."""
    with pytest.raises(UnknownPacks) as caught:
        in_force(_PACKS, country="CN", region="", named=["chian", "china"])
    assert "chian" in caught.value.sentence
    assert "zhejiang" in caught.value.remedy


def test_a_shops_own_pack_always_counts() -> None:
    """It adds to the shipped ones, also where the settings name none or name it among others."""
    assert _spans(_rules(_own()), "tv", "delivered") == {
        "call-back": [Span(days=1), Span(days=7)],
        "third-day": [Span(days=3)],
    }
    assert [pack.id for pack in _rules(_own(), named=[]).packs] == ["own"]
    assert [pack.id for pack in _rules(_own(), named=["own", "service-plans"]).packs] == ["service-plans", "own"]


def test_an_own_pack_of_a_shipped_name_takes_its_place_whole() -> None:
    """Nothing of the shipped pack is left."""
    found = _rules(_own(pack="service-plans"))
    assert _spans(found, "tv", "delivered") == {"third-day": [Span(days=3)]}
    assert _spans(found, "tv", "repaired") == {}


def test_an_own_line_replaces_a_shipped_one_from_its_day_on() -> None:
    """Before the day of its first figure the shipped plan holds; promises keep their names."""
    found = _rules(_own("step: call-back; replaces: service-plans/call-back; when: {needs_installation: no}"))
    assert found.faults == ()
    assert _spans(found, "tv", "delivered", date(2025, 12, 31)) == {"call-back": [Span(days=1), Span(days=7)]}
    assert _spans(found, "tv", "delivered", date(2026, 1, 1)) == {"call-back": [Span(days=3)]}
    assert _spans(found, "air_conditioner", "delivered") == {"call-back": [Span(days=1)]}


@pytest.mark.parametrize(
    ("plan", "line", "code"),
    [
        ("replaces: service-plan/call-back", 13, "no-such-line"),
        ("replaces: call", 13, "circle"),
        ("replaces: service-plans/revisit", 13, "other-event"),
        ("category: car; after: delivered; replaces: service-plans/computer-training", 13, "other-goods"),
        ("step: call-back", 10, "same-step"),
        ("step: call-back; category: tv", 10, "same-step"),
        ("step: call-back; after: sold; replaces: [service-plans/call-back]", 13, "other-event"),
        ("step: call-back; replaces: [service-plans/call-back]", 10, "same-step"),
    ],
)
def test_an_own_pack_that_gets_in_the_way_is_refused(plan: str, line: int, code: str) -> None:
    """A replacement that would never take place, or two promises of one name, is a fault; the other packs go on."""
    found = _rules(_own(plan))
    assert [(fault.file, fault.line, fault.code) for fault in found.faults] == [("policies/0.yaml", line, code)]
    assert [pack.id for pack in found.packs] == _SHIPPED


def test_a_question_and_a_missed_call_may_be_answered_under_one_name() -> None:
    """No contact is both; two answers to one question are refused as any two promises of one name."""
    plan = "what: answer; step: answer; channel: phone"
    alone = _rules(_own(f"{plan}; after: missed_call; replaces: service-plans/answer-missed-call"))
    assert alone.faults == ()
    twice = _rules(_own(f"{plan}; after: asked"))
    assert [fault.code for fault in twice.faults] == ["same-step"]


def test_one_line_may_replace_several() -> None:
    """A shop's one call-back for all goods stands in the place of both shipped ones."""
    both = "replaces: [service-plans/call-back, service-plans/call-back-before-installation]"
    found = _rules(_own(f"step: call-back; {both}"))
    assert found.faults == ()
    for category in ("tv", "air_conditioner"):
        assert _spans(found, category, "delivered") == {"call-back": [Span(days=3)]}


def test_two_packs_cannot_replace_each_other() -> None:
    """A circle across files would switch off both lines; the packs in it are refused."""
    found = _rules(_own("replaces: two/call", pack="one"), _own("replaces: one/call", pack="two"))
    assert {fault.code for fault in found.faults} == {"circle"}
    assert [pack.id for pack in found.packs] == _SHIPPED


def test_two_own_files_cannot_be_one_pack() -> None:
    """The first file by name counts, the second is a fault at its id."""
    found = _rules(_own(), _own("step: other-step"))
    assert [(fault.file, fault.line, fault.code) for fault in found.faults] == [("policies/1.yaml", 1, "repeated")]
    assert [pack.file for pack in found.packs] == [*(f"{name}.yaml" for name in _SHIPPED), "policies/0.yaml"]


def test_a_faulty_own_pack_is_refused_and_the_others_go_on() -> None:
    """One bad file costs its own rules only, and all its faults are told."""
    found = _rules(_own("after: bought; channel: pigeon"), _own(pack="good"))
    assert [fault.code for fault in found.faults] == ["choice", "choice"]
    assert [pack.id for pack in found.packs] == [*_SHIPPED, "good"]


def test_own_files_count_in_the_order_of_their_names() -> None:
    """The order in which a folder happens to be listed changes nothing."""
    files = [("b.yaml", _own(pack="b", plan="step: b")), ("a.yaml", _own(pack="a", plan="step: a"))]
    one = rules(files, country="CN", region="Zhejiang")
    assert one == rules(reversed(files), country="CN", region="Zhejiang")
    assert [pack.id for pack in one.packs] == [*_SHIPPED, "a", "b"]


def test_plans_of_rules_are_those_of_its_packs() -> None:
    """A book's plans are the lines of the packs that count, no more."""
    found = _rules(_own())
    lines: list[Plan] = [plan for pack in found.packs for plan in pack.plans]
    assert found.plans == lines


def test_the_example_of_the_page_works() -> None:
    """What docs/plans.md shows as a shop's own file counts as it says there."""
    (example,) = (text for text in re.findall(r"```yaml\n(.*?)```", _PLANS_PAGE, re.DOTALL) if "id: our-plans" in text)
    found = _rules(example.encode())
    assert found.faults == ()
    assert _spans(found, "tv", "delivered")["call-back"] == [Span(days=3)]
    assert _spans(found, "laptop", "delivered")["training"] == []
    assert _spans(found, "desktop_computer", "delivered")["training"] == [Span(days=7)]
    assert _spans(found, "air_conditioner", "installed").keys() == {"revisit", "cooling-call"}


def test_the_page_lists_what_ships() -> None:
    """Every shipped plan has its row in docs/plans.md with its event and kind, and no other line has one."""
    rows = re.findall(r"^\| `([a-z0-9-]+/[a-z-]+)` \| .* \| (\w+) \| (\w+) \| .* \|$", _PLANS_PAGE, re.MULTILINE)
    assert rows == [(plan.line, plan.after, plan.what) for plan in _rules().plans]


@pytest.mark.parametrize(
    ("page", "heading", "keys"),
    [
        (_PACKS_PAGE, "key", pack_format.KEYS),
        (_PACKS_PAGE, "key of a window", window_format.KEYS),
        (_PACKS_PAGE, "key of a line", line_format.KEYS),
        (_PLANS_PAGE, "key of a plan", plan_format.KEYS),
    ],
)
def test_the_pages_explain_every_key(page: str, heading: str, keys: tuple[str, ...]) -> None:
    """Every key of the format has its row in the table of its part, and no key that is gone has one."""
    assert sorted(_keys(page, heading)) == sorted(keys)


def _keys(page: str, heading: str) -> list[str]:
    """The keys that the tables of that *heading* explain."""
    tables = re.findall(rf"^\| {heading} \|.*\n\|[-|]+\n((?:\|.*\n)*)", page, re.MULTILINE)
    rows = [row for table in tables for row in table.splitlines()]
    return [key for row in rows for key in re.findall(r"`(\w+)`", row.split("|")[1])]


def test_loading_packs_needs_no_model() -> None:
    """``due`` loads the packs on every run, so they must not bring pydantic in."""
    asked = "import sys; from aftercare.policies import load; load.shipped(); sys.exit('pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False, cwd=Path(__file__).parents[2]).returncode == 0
