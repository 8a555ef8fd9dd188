"""Duties, entitlements, checklists, materials: what is read from a pack, and what follows from it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.plain.moments import Span
from aftercare.policies.categories import tree
from aftercare.policies.load import BadPack, parse, rules, shipped
from aftercare.policies.shape import Words
from aftercare.policies.standards import (
    CONDITIONS,
    DUTIES,
    OWN,
    SERVICES,
    Fact,
    Facts,
    Standards,
    eligible,
    lists_for,
    nearest,
    unlisted,
)

_SOUND = """\
id: ours
issuer: shop
title: {en: Ours, zh: 本店}
in_force: {from: 2020-01-01, to: 2030-12-31}
duties:
- {id: in-time, title: {en: In time, zh: 准时}, duty: on_time, category: 空调, value: {2020-01-01: {days: 1}, 2026-01-01: {days: 0}, 2027-01-01: ~}}
entitlements:
- id: heavy
  title: {en: Heavy, zh: 笨重}
  service: home_delivery
  category: goods
  any: [{weight_kg: {min: {2020-01-01: 20, 2026-06-01: 12.5, 2028-01-01: ~}}}, {bulky: yes}, {needs: [elderly, ill]}]
- {id: fitted, title: {en: Fitted, zh: 安装}, service: installation, category: water_heater, any: [{needs_installation: yes}]}
checklists:
- id: general
  title: {en: Any, zh: 一般}
  category: goods
  follows: own
  items: [{id: test_run, en: test run, zh: 试机}, {id: leak, en: leak test, zh: 检漏}, {id: leak_gas, en: leak test of gas, zh: 检漏（燃气）}]
- {id: cooling, title: {en: Cooling, zh: 制冷}, category: air_conditioner, follows: GB 17790, items: [{id: evacuate, en: evacuated, zh: 抽真空}]}
materials:
- {id: copper_pipe, en: copper pipe, zh: 铜管, price: 120.00}
"""  # noqa: E501 - a line of a pack is a line
ON = date(2026, 3, 2)


def _standards(text: str = _SOUND) -> Standards:
    return parse(text.encode(), "policies/ours.yaml").standards


def _facts(**known: Fact) -> Facts:
    """Facts of light goods that are not bulky, for a customer in no difficulty."""
    usual: dict[str, Fact] = {
        "weight_kg": Decimal(2),
        "bulky": False,
        "needs": frozenset(),
        "needs_installation": False,
    }
    return usual | known


def _state(on: date = ON, **known: Fact) -> str:
    found = _standards()
    return eligible(found.entitlements, "home_delivery", "tv", _facts(**known), on, tree()).state


def test_a_sound_pack_is_read_whole() -> None:
    """What each section says is what the standards hold, and each line is called ``pack/id``."""
    found = _standards()
    assert [clause.line for clause in found.clauses] == [
        "ours/in-time", "ours/heavy", "ours/fitted", "ours/general", "ours/cooling",
    ]  # fmt: skip
    assert (found.duties[0].duty, found.duties[0].category) == ("on_time", "air_conditioner")
    assert [condition.fact for condition in found.entitlements[0].any] == ["weight_kg", "bulky", "needs"]
    assert (found.checklists[0].follows, found.checklists[1].follows) == (OWN, "GB 17790")
    assert [(one.id, one.text.zh, one.price) for one in found.materials] == [("copper_pipe", "铜管", Decimal(120))]


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ("duty: on_time", "duty: be_nice", 6, "choice"),
        ("duty: on_time, ", "", 6, "missing"),
        ("category: 空调", "category: 空条", 6, "category"),
        ("2026-01-01: {days: 0}", "2026: {days: 0}", 6, "date"),
        ("id: fitted", "id: heavy", 13, "repeated"),
        ("id: general", "id: in-time", 15, "repeated"),
        ("service: home_delivery", "service: flowers", 10, "choice"),
        ("min: {2020-01-01: 20,", "min: {2020-01-01: heavy,", 12, "value"),
        ("{bulky: yes}", "{bulky: no}", 12, "choice"),
        ("{bulky: yes}", "{bulky: yes, needs: [ill]}", 12, "shape"),
        ("{bulky: yes}", "{colour: red}", 12, "unknown-key"),
        ("[elderly, ill]", "[old]", 12, "choice"),
        ("[{needs_installation: yes}]", "[]", 13, "missing"),
        ("zh: 检漏},", "},", 19, "missing"),
        ("id: leak,", "id: test_run,", 19, "repeated"),
        ("price: 120.00", "price: dear", 22, "value"),
    ],
)
def test_every_fault_has_its_line(old: str, new: str, line: int, code: str) -> None:
    """A rule that is not understood is refused, never read over."""
    assert _SOUND.count(old) == 1
    with pytest.raises(BadPack) as caught:
        _standards(_SOUND.replace(old, new))
    assert (line, code) in [(fault.line, fault.code) for fault in caught.value.faults]


def test_only_a_shop_charges_for_materials() -> None:
    """A standard that listed prices would speak for shops that never published them."""
    with pytest.raises(BadPack) as caught:
        _standards(_SOUND.replace("issuer: shop", "issuer: standard"))
    assert "only a shop's own pack" in str(caught.value)


def test_the_day_decides_the_figure() -> None:
    """The newest figure on or before the day counts, and ``~`` ends it."""
    assert _state(date(2026, 5, 31), weight_kg=Decimal("12.5")) == "no"
    assert _state(date(2026, 6, 1), weight_kg=Decimal("12.5")) == "yes"
    assert _state(date(2026, 6, 1), weight_kg=Decimal("12.4")) == "no"
    assert _state(date(2028, 1, 1), weight_kg=Decimal(90)) == "no"
    duty = _standards().duties[0]
    days = (date(2019, 1, 1), date(2025, 12, 31), date(2026, 1, 1), date(2027, 1, 1))
    assert [duty.span(on) for on in days] == [None, Span(days=1), Span(), None]


def test_outside_the_days_of_its_pack_a_clause_says_nothing() -> None:
    """Both days are included."""
    assert [_state(on, bulky=True) for on in (date(2019, 12, 31), date(2020, 1, 1), date(2030, 12, 31))] == [
        "no", "yes", "yes",
    ]  # fmt: skip
    assert _state(date(2031, 1, 1), bulky=True) == "no"


def test_what_is_not_known_is_asked_for_and_never_taken_for_a_no() -> None:
    """A fact that cannot change the answer is not asked for."""
    found = _standards().entitlements
    unknown = eligible(found, "home_delivery", "tv", _facts(weight_kg=None, bulky=None), ON, tree())
    assert (unknown.state, unknown.missing) == ("unknown", ("weight_kg", "bulky"))
    known = eligible(found, "home_delivery", "tv", _facts(weight_kg=None, bulky=True), ON, tree())
    assert (known.state, known.missing) == ("yes", ())
    ended = eligible(found, "home_delivery", "tv", _facts(weight_kg=None), date(2028, 1, 1), tree())
    assert (ended.state, ended.missing) == ("no", ())


def test_a_service_is_due_for_its_goods_only() -> None:
    """A line for water heaters says nothing of air conditioners, which need a fitter too."""
    found, facts = _standards().entitlements, _facts(needs_installation=True)
    states = [
        eligible(found, "installation", goods, facts, ON, tree()).state for goods in ("boiler", "air_conditioner")
    ]
    assert states == ["yes", "no"]


@given(
    st.sampled_from([None, Decimal(1), Decimal(20), Decimal("19.99")]),
    st.sampled_from([None, True, False]),
    st.sets(st.sampled_from(["elderly", "ill", "disabled"])),
    st.integers(0, 4000),
)
@settings(max_examples=60)
def test_learning_a_fact_never_turns_a_settled_answer(
    weight: Decimal | None, bulky: bool | None, needs: set[str], days: int
) -> None:
    """Yes stays yes and no stays no when something unknown becomes known, whatever it turns out to be."""
    on = date(2020, 1, 1) + timedelta(days=days)
    before = _state(on, weight_kg=weight, bulky=bulky, needs=frozenset(needs))
    weights = [weight] if weight is not None else [Decimal(0), Decimal(500)]
    bulks = [bulky] if bulky is not None else [True, False]
    after = {_state(on, weight_kg=w, bulky=b, needs=frozenset(needs)) for w in weights for b in bulks}
    assert before == "unknown" or after == {before}
    assert before != "unknown" or after == {"yes", "no"}


def test_the_narrowest_checklist_counts() -> None:
    """Of two for one category that of the later pack, so that a shop's own takes a shipped one's place."""
    lists = _standards().checklists
    found = [nearest(lists, goods, ON, tree()) for goods in ("split_air_conditioner", "boiler")]
    assert [one.line if one else None for one in found] == ["ours/cooling", "ours/general"]
    again = _standards(_SOUND.replace("id: ours", "id: later")).checklists
    later = nearest((*lists, *again), "air_conditioner", ON, tree())
    assert later is not None
    assert later.line == "later/cooling"
    assert nearest(lists, "tv", date(2031, 1, 1), tree()) is None


_CONDUCT = """
questions: {conduct: {en: Did they behave?, zh: 守规矩吗？}}
checklists:
- {id: mending, title: {en: Mending, zh: 修}, category: goods, for: [repair, visit], about: conduct, follows: own, asks: [conduct], items: [{id: sheet, en: sheet, zh: 铺布}]}
- {id: closer, title: {en: Closer, zh: 近}, category: toilet, for: [repair], about: conduct, follows: own, items: [{id: film, en: film, zh: 铺膜}]}
- {id: flushing, title: {en: Flushing, zh: 冲}, category: toilet, for: [repair], follows: own, items: [{id: flush, en: flush, zh: 冲水}]}
"""  # noqa: E501 - a line of a pack is a line
_WITH_CONDUCT = _SOUND.replace("checklists:\n", _CONDUCT.lstrip())


def test_a_list_says_for_which_work_it_is_and_what_it_is_about() -> None:
    """Where it says neither it is for the installation itself, as all lists were before they could say so."""
    mending, __, flushing, general, __ = _standards(_WITH_CONDUCT).checklists
    assert (mending.works, mending.about, [one.id for one in mending.asks]) == (
        ("repair", "visit"), "conduct", ["conduct"],
    )  # fmt: skip
    assert (flushing.works, flushing.about, flushing.asks) == (("repair",), "work", ())
    assert (general.works, general.about, general.asks) == (("installation",), "work", ())


@pytest.mark.parametrize(
    ("work", "category", "found"),
    [
        ("repair", "toilet", ["flushing", "closer"]),
        ("repair", "tv", ["mending"]),
        ("visit", "toilet", ["mending"]),
        ("installation", "toilet", ["general"]),
        ("delivery", "toilet", []),
    ],
)
def test_the_work_and_conduct_have_a_list_each(work: str, category: str, found: list[str]) -> None:
    """The narrowest of each, side by side."""
    lists = _standards(_WITH_CONDUCT).checklists
    assert [one.id for one in lists_for(lists, work, category, ON, tree())] == found
    assert lists_for(lists, work, category, date(2031, 1, 1), tree()) == ()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("for: [repair, visit]", "for: [party]", "choice"),
        ("for: [repair, visit]", "for: []", "missing"),
        ("about: conduct", "about: manners", "choice"),
        ("asks: [conduct]", "asks: [weather]", "choice"),
    ],
)
def test_a_list_for_no_work_that_there_is_is_refused(old: str, new: str, code: str) -> None:
    """A word that nobody knows would quietly make it a list for nothing."""
    with pytest.raises(BadPack) as caught:
        _standards(_WITH_CONDUCT.replace(old, new, 1))
    assert {fault.code for fault in caught.value.faults} == {code}


@pytest.mark.parametrize(
    ("tick", "item"),
    [
        ("test_run", "test_run"),
        ("Test-Run", "test_run"),
        ("试机", "test_run"),
        ("试机30分钟", "test_run"),
        ("检漏", "leak"),
        ("检漏(燃气)", "leak_gas"),
        ("leak", "leak"),
        ("leak test of gas, 5 min", "leak_gas"),
        ("没试机", None),
        ("", None),
    ],
)
def test_an_item_is_ticked_by_its_id_or_its_text_in_either_language(tick: str, item: str | None) -> None:
    """What is added behind the text changes nothing; of several texts the longest is meant."""
    found = _standards().checklists[0].item(tick)
    assert (found.id if found else None) == item


def test_a_material_that_is_not_published_is_found_in_free_text() -> None:
    """Commas of either kind part the materials; amounts behind a name do not matter."""
    published = _standards().materials
    assert unlisted("铜管 2米, Copper Pipe 1 m、copper_pipe", published) == []
    assert unlisted("铜管2米，支架；开孔费", published) == ["支架", "开孔费"]
    assert unlisted("铜管", ()) == ["铜管"]


def test_every_duty_is_laid_by_a_shipped_standard() -> None:
    """A duty that no pack names could never be fallen short of; for all goods each is named once at most, everywhere,
    and what the law of a place adds, or what comes with some goods, comes on top of it.
    """
    packs = [pack for pack in shipped() if pack.standards.duties and not pack.country]
    laid = [duty for pack in packs for duty in pack.standards.duties]
    assert {duty.duty for duty in laid} == set(DUTIES)
    for_all = [duty.duty for duty in laid if duty.category == "goods"]
    assert len(for_all) == len(set(for_all))
    assert set(DUTIES) - set(for_all) == {"answer_hotline"}
    closer = {pack.chosen for pack in packs for duty in pack.standards.duties if duty.category != "goods"}
    assert closer == {"named"}
    assert {(pack.country, pack.region) for pack in packs} == {("", "")}


def test_every_service_and_condition_is_used_by_a_shipped_standard() -> None:
    """The vocabulary has no word that nobody speaks."""
    laid = rules([], country="", region="").standards.entitlements
    assert {entitlement.service for entitlement in laid} == set(SERVICES)
    assert {condition.fact for entitlement in laid for condition in entitlement.any} == set(CONDITIONS)


@pytest.mark.parametrize(
    ("category", "line", "follows"),
    [
        ("split_air_conditioner", "air-conditioner", "SB/T 10541-2009, GB 17790"),
        ("gas_water_heater", "gas-water-heater", "GB 55009-2021, GB 17905-2008"),
        ("electric_water_heater", "electric-water-heater", OWN),
        ("range_hood", "range-hood", OWN),
        ("drum_washing_machine", "washing-machine", "GB/T 22766.4-2009"),
        ("solar_water_heater", "general", OWN),
        ("wardrobe", "general", OWN),
    ],
)
def test_shipped_checklists_name_the_standard_they_follow(category: str, line: str, follows: str) -> None:
    """Or say that they are the shop's own; goods without a list of their own have the general one."""
    found = nearest(rules([], country="CN", region="").standards.checklists, category, ON, tree())
    assert found is not None
    assert (found.id, found.follows) == (line, follows)


def test_one_item_means_one_thing_on_all_shipped_lists() -> None:
    """An installation of several goods ticks an item once for all of its lists."""
    texts: dict[str, set[Words]] = {}
    for checklist in rules([], country="CN", region="").standards.checklists:
        for item in checklist.items:
            texts.setdefault(item.id, set()).add(item.text)
            assert checklist.item(item.text.en) == checklist.item(item.text.zh) == checklist.item(item.id) == item
    assert {key: found for key, found in texts.items() if len(found) > 1} == {}
