"""Services by kind of goods, and the standards of places: every figure against a table written by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from aftercare.plain.moments import Span
from aftercare.policies import load
from aftercare.policies.between import between
from aftercare.policies.categories import tree
from aftercare.policies.pack import Pack
from aftercare.policies.plans import Plan, applying
from aftercare.policies.shape import Words
from aftercare.policies.standards import Checklist, Standards, lists_for, nearest

ON = date(2026, 3, 2)
_PLACES = ("CN", "DE", "GB", "FR", "TW", "JP", "US", "CA", "AU")
_KINDS = (
    "service-appliances", "service-bicycles", "service-clothing", "service-computers", "service-farm-machines",
    "service-conduct", "service-sanitary", "service-shoes", "service-watches",
)  # fmt: skip
# Goods, event, kind and step of the promises, when they are due or how often they come back, the sources, and how well
# these were looked at.
_PLANS = """
service-computers/hotline-answer personal_computer reported answer answer 0 days S2 OWN
service-computers/hotline-question personal_computer asked answer answer 0 days S2 OWN
service-computers/cleaning personal_computer delivered maintenance cleaning every 6 months by plan S2 M29 OWN
service-informing/tell-coming goods arranged information tell-coming 0 days S0 C4
service-informing/tell-ready goods ready information tell-ready 1 days S0 OWN
service-informing/tell-guarantee-end goods guarantee_ends information tell-guarantee-end 0 days S0 OWN
service-watches/water-test watch delivered maintenance water-test every 12 months by plan M18 OWN
service-watches/full-service watch delivered maintenance full-service every 5 years M18 OWN
service-bicycles/first-check bicycle delivered maintenance first-check 30 days M21
service-bicycles/e-bike-service e_bike delivered maintenance service 1+6+12 months M22
service-farm-machines/yearly-service tractor delivered maintenance yearly-service every 12 months by plan M25 OWN
service-appliances/air-conditioner air_conditioner installed maintenance yearly-check every 12 months by plan M7 OWN
service-appliances/tank electric_water_heater installed maintenance yearly-check every 12 months by plan M11 OWN
service-appliances/anode electric_water_heater installed maintenance anode every 24 months C52 OWN
service-appliances/gas-water-heater gas_water_heater installed maintenance service every 24 months by plan N15 OWN
service-appliances/hood-duct range_hood installed maintenance duct every 6 months by plan M14 OWN
service-appliances/washing-machine-hoses washing_machine delivered maintenance hoses every 5 years M15
service-appliances/water-test water_purifier installed maintenance water-quality every 6 months by plan M17 OWN
service-appliances/cartridges water_purifier installed maintenance cartridges every 6 months by plan C53 OWN
service-appliances/membrane water_purifier installed maintenance membrane every 24 months M17 C53 OWN
"""
# The sources of each pack and how well they were looked at; those of SHARED have one mark wherever they stand.
_SURE = {
    "service-appliances": "M7 M11 M14 M15 M17 verified, N15 secondary, C52 C53 OWN practice",
    "service-bicycles": "M21 M22 verified",
    "service-clothing": "S2 practice",
    "service-computers": "C51 secondary, S2 M29 OWN practice",
    "service-conduct": "S3 S4 C14 C15 C16 practice, C2 C11 C12 secondary",
    "service-farm-machines": "L16 M26 M27 verified, M25 secondary, OWN practice",
    "service-informing": "S0 C4 OWN practice",
    "service-sanitary": "S4 C57 practice",
    "service-shoes": "S4 OWN practice",
    "service-watches": "M18 verified, S2 OWN practice",
    "standards-cn": "safety repair-trade gas verified, special-work secondary",
    "standards-de": "bgb475 ndav13 elektrog17 verified, bgb475-risk secondary",
    "standards-fr": "conso216 verified, env541 partly",
    "standards-gb": "cra28 cra29 gas3 gas26 weee42 verified",
    "standards-jp": "recycling verified, which secondary",
    "standards-tw": "four secondary",
}
_SHARED = (
    "manuals-ac manuals-gas manuals-fridge manuals-kitchen verified, trade-washing trade-tv trade-flue at-home practice"
)
_CN = "standards-cn/qualified-"
_GAS_RULES = "Gas Safety (Installation and Use) Regulations 1998"
_WASTE_RULES = "Waste Electrical and Electronic Equipment Regulations 2013"
_SELLERS_RULES = "應設置資源回收設施之電子電器販賣業者範圍、設施設置、規格及其他應遵行事項"
# The duties that the law of a place adds: pack, duty, goods, the time that counts where none was told, sources.
_DUTIES = [
    ("CN", "qualified", "central_air_conditioner", _CN + "air-conditioner", "", "safety repair-trade special-work"),
    ("CN", "qualified", "gas_hob", _CN + "gas-hob", "", "gas"),
    ("CN", "qualified", "toilet", "installation-standard/qualified", "", "standard"),
    ("CN", "on_time", "tv", "delivery-standard/on-time", "0 days", "in-time word"),
    ("DE", "on_time", "tv", "standards-de/deliver-in-time", "30 days", "bgb475"),
    ("DE", "make_good", "tv", "standards-de/risk-of-the-way", "", "bgb475-risk"),
    ("DE", "qualified", "boiler", "standards-de/registered-boiler", "", "ndav13"),
    ("DE", "qualified", "air_conditioner", "installation-standard/qualified", "", "standard"),
    ("GB", "on_time", "shoes", "standards-gb/deliver-in-time", "30 days", "cra28"),
    ("GB", "make_good", "tv", "standards-gb/risk-of-the-way", "", "cra29"),
    ("GB", "qualified", "gas_water_heater", "standards-gb/registered-gas-water-heater", "", "gas3"),
    ("GB", "test", "gas_hob", "standards-gb/test-gas-hob", "", "gas26"),
    ("GB", "test", "washing_machine", "installation-standard/test", "", "commissioning"),
    ("FR", "on_time", "tv", "standards-fr/deliver-in-time", "30 days", "conso216"),
    ("FR", "make_good", "tv", "delivery-standard/make-good", "", "safe"),
    ("TW", "on_time", "tv", "delivery-standard/on-time", "0 days", "in-time word"),
    ("JP", "qualified", "air_conditioner", "installation-standard/qualified", "", "standard"),
    ("US", "on_time", "tv", "delivery-standard/on-time", "0 days", "in-time word"),
]  # fmt: skip
_LISTS = [
    ("CN", "split_air_conditioner", "installation-standard/air-conditioner", "SB/T 10541-2009, GB 17790", ""),
    ("DE", "split_air_conditioner", "standards-de/air-conditioner", "ElektroG § 17, the makers' manuals", "old_taken"),
    ("DE", "boiler", "standards-de/boiler", "NDAV § 13, the makers' manuals", "ce_mark gas_leak"),
    ("DE", "oled_tv", "standards-de/tv", "ElektroG § 17", "old_taken"),
    ("DE", "range_hood", "installation-standard/range-hood", "own", "own_duct"),
    ("GB", "gas_water_heater", "standards-gb/gas-water-heater", _GAS_RULES, "rigid_pipe flue_draws runs_safely"),
    ("GB", "refrigerator", "standards-gb/refrigerator", _WASTE_RULES, "return_told"),
    ("FR", "washing_machine", "standards-fr/washing-machine", "Code de l'environnement R. 541-159", "old_taken"),
    ("TW", "washing_machine", "standards-tw/washing-machine", _SELLERS_RULES, "old_taken slip_handed"),
    ("TW", "dryer", "installation-standard/general", "own", "complete"),
    ("JP", "dryer", "standards-jp/dryer", "特定家庭用機器再商品化法", "old_collected slip_handed"),
    ("US", "air_conditioner", "installation-standard/air-conditioner", "SB/T 10541-2009, GB 17790", ""),
]  # fmt: skip
# What a sale of an example of each kind makes, with every pack of the kinds named.
_EXAMPLES = [
    ("laptop", "delivered", "call-back training cleaning"),
    ("laptop", "reported", "answer"),
    ("smart_watch", "delivered", "call-back water-test full-service"),
    ("coat", "delivered", "call-back"),
    ("sports_shoes", "delivered", "call-back"),
    ("smart_toilet", "delivered", "call-back"),
    ("smart_toilet", "installed", "revisit"),
    ("tractor_small", "delivered", "call-back training yearly-service"),
    ("e_bike", "delivered", "call-back service"),
    ("split_air_conditioner", "installed", "revisit yearly-check"),
    ("electric_water_heater", "installed", "revisit yearly-check anode"),
    ("water_purifier", "installed", "revisit water-quality cartridges membrane"),
    ("rice_cooker", "delivered", "call-back"),
]


def _ours() -> list[Pack]:
    return [pack for pack in load.shipped() if pack.id in _SURE]


def _chosen(country: str, kinds: Iterable[str] = ()) -> list[Pack]:
    return list(load.in_force(load.shipped(), country=country, region="", named=[load.PLACE, *kinds]))


def _standards(country: str) -> Standards:
    return load.rules([], country=country, region="").standards


def _list(country: str, category: str) -> Checklist:
    found = nearest(_standards(country).checklists, category, ON, tree())
    assert found is not None
    return found


def _marks(text: str) -> dict[str, str]:
    return {key: words.split()[-1] for words in text.split(", ") for key in words.split()[:-1]}


def _when(plan: Plan) -> str:
    recurs = plan.recurs
    span = recurs.span(ON) if recurs else None
    if recurs is None or span is None:
        return _said(plan.spans(ON))
    assert plan.spans(ON) == [span]
    assert (recurs.season, recurs.tolerance, recurs.until) == (None, None, None)
    return f"every {_said([span])}{' by plan' if recurs.from_plan else ''}"


def _said(spans: Iterable[Span]) -> str:
    """``6+12 months``."""
    each = [next(((unit, n) for unit, n in span._asdict().items() if n), ("days", 0)) for span in spans]
    return f"{'+'.join(str(count) for __, count in each)} {each[0][0]}" if each else ""


def test_the_plans_are_those_of_the_table() -> None:
    """Every figure, and each with its sources; there are no others."""
    found = {
        " ".join((plan.line, plan.category, plan.after, plan.what, plan.step, _when(plan), *plan.cite))
        for pack in _ours()
        for plan in pack.plans
    }
    assert found == set(_PLANS.strip().splitlines())


@pytest.mark.parametrize("name", sorted(_SURE))
def test_every_source_has_its_mark(name: str) -> None:
    """A figure is worth what its source is; none rests on memory, and what nobody publishes says that it is our own."""
    pack = next(pack for pack in load.shipped() if pack.id == name)
    found = {key: source.sure for key, source in pack.sources.items()}
    assert {key: sure for key, sure in found.items() if key not in _marks(_SHARED)} == _marks(_SURE[name])
    assert found.items() <= (_marks(_SURE[name]) | _marks(_SHARED)).items()
    assert all(pack.sources[key].where == "this pack" for key in found.keys() & {"OWN"})


@pytest.mark.parametrize("pack", _ours(), ids=lambda pack: pack.id)
def test_every_line_cites_and_speaks_both_languages(pack: Pack) -> None:
    """A shop may cite nothing; these do all the same, and each of their sources is used."""
    clauses, law = pack.standards.clauses, pack.law
    cites = [plan.cite for plan in pack.plans] + [clause.cite for clause in clauses]
    cites += [tuple(dict(line.cite)) for line in law.lines] + [tuple(dict(window.cite)) for window in law.windows]
    assert all(cites)
    assert {key for cite in cites for key in cite} == set(pack.sources)
    texts = [pack.title, *pack.not_covered, *([pack.weight] if pack.weight else [])]
    texts += [plan.title for plan in pack.plans] + [clause.title for clause in clauses]
    texts += [line.title for line in law.lines] + [window.title or Words("", "") for window in law.windows]
    texts += [question.text for plan in pack.plans for question in plan.asks]
    texts += [question.text for checklist in pack.standards.checklists for question in checklist.asks]
    texts += [item.text for checklist in pack.standards.checklists for item in checklist.items]
    assert pack.not_covered
    assert all(map(_is_translated, texts))


def _is_translated(words: Words) -> bool:
    return words.en.isascii() == ("²" not in words.en) and not words.zh.isascii()


def test_no_shop_promises_by_accident() -> None:
    """What comes with a kind of goods counts only where the settings name it, and the shop then answers for it."""
    packs = {pack.id: pack for pack in load.shipped()}
    assert {(packs[name].chosen, packs[name].issuer, packs[name].country) for name in _KINDS} == {("named", "shop", "")}
    for place in _PLACES:
        assert not {pack.id for pack in _chosen(place)} & set(_KINDS)
        assert {pack.id for pack in _chosen(place, _KINDS)} >= set(_KINDS)


def test_the_standards_of_a_place_hold_there_and_nowhere_else() -> None:
    """A pack for a place is in force by the place alone; places of which nothing was read have none."""
    found = {place: [pack.id for pack in _chosen(place) if pack.id.startswith("standards-")] for place in _PLACES}
    having = {"CN": "cn", "DE": "de", "GB": "gb", "FR": "fr", "TW": "tw", "JP": "jp"}
    assert found == {place: [f"standards-{having[place]}"] if place in having else [] for place in _PLACES}


@pytest.mark.parametrize("place", _PLACES)
def test_nothing_is_wrong_between_the_packs_of_a_place_and_all_kinds(place: str) -> None:
    """No two lines make promises of one name, and each replaces only what it may."""
    lines = {plan.line: plan for pack in load.shipped() for plan in pack.plans}
    accepted: list[Pack] = []
    for pack in _chosen(place, _KINDS):
        assert between(pack, accepted, lines) == []
        accepted.append(pack)


@pytest.mark.parametrize(("category", "event", "steps"), _EXAMPLES)
def test_an_example_of_each_kind_gets_its_services(category: str, event: str, steps: str) -> None:
    """With all kinds named, each gets what is planned for it and nothing of another's."""
    plans = [plan for pack in _chosen("CN", _KINDS) for plan in pack.plans if not plan.is_law]
    found = [plan.step for plan in applying(plans, category, ON, tree()) if plan.after == event]
    assert sorted(found) == sorted(steps.split())


def test_a_hotline_takes_the_place_of_the_answer_of_the_next_day() -> None:
    """For computers only, and only where the shop named it."""
    assert _answers("laptop", ["service-computers"]) == ["service-computers/hotline-answer"]
    assert _answers("tv", ["service-computers"]) == ["service-plans/answer"]
    assert _answers("laptop", []) == ["service-plans/answer"]


def _answers(category: str, kinds: Iterable[str]) -> list[str]:
    plans = [plan for pack in _chosen("CN", kinds) for plan in pack.plans]
    return [plan.line for plan in applying(plans, category, ON, tree()) if plan.after == "reported"]


@pytest.mark.parametrize(("place", "name", "goods", "line", "value", "cite"), _DUTIES)
def test_the_duty_closest_to_the_goods_and_the_place_is_named(
    place: str, name: str, goods: str, line: str, value: str, cite: str
) -> None:
    """A breach is told by the law of the place where it says so, and by the general standard elsewhere."""
    category = tree().find(goods)
    assert category is not None
    duty = nearest([duty for duty in _standards(place).duties if duty.duty == name], category, ON, tree())
    assert duty is not None
    span = duty.span(ON)
    assert (duty.line, _said([span] if span else []), " ".join(duty.cite)) == (line, value, cite)


@pytest.mark.parametrize(("place", "category", "line", "follows", "items"), _LISTS)
def test_the_list_of_the_place_is_taken(place: str, category: str, line: str, follows: str, items: str) -> None:
    """What the law of a place adds is on its list, the list names that law, and no other place's goods have it."""
    found = _list(place, category)
    assert (found.line, found.follows) == (line, follows)
    assert {item.id for item in found.items} >= set(items.split())
    added = {"old_taken", "old_collected", "slip_handed", "return_told", "ce_mark", "rigid_pipe"}
    assert {item.id for item in found.items} & added == set(items.split()) & added


def test_a_list_of_a_place_lacks_nothing_that_the_makers_manuals_ask_for() -> None:
    """A place's list takes the whole place of the general one, so the steps of the manuals are on it too."""
    for category, places, chinese in (
        (
            "air_conditioner",
            ("DE", "GB", "FR", "TW", "JP"),
            {"parts_complete", "protect_home", "site", "bracket", "wiring"},
        ),
        ("gas_water_heater", ("DE",), {"gas_hose", "guide_life"}),
        ("gas_hob", ("DE",), {"gas_hose", "guide_life"}),
        ("gas_hob", ("GB",), {"gas_hose", "guide_life", "test_run"}),
        ("washing_machine", ("DE", "GB", "FR", "TW", "JP"), set()),
    ):
        general = {item.id for item in _list("", category).items}
        for place in places:
            assert general - chinese <= {item.id for item in _list(place, category).items}


def test_one_item_means_one_thing_in_all_packs() -> None:
    """A tick means the same wherever it is made, and each text finds its own item."""
    texts: dict[str, set[Words]] = {}
    for pack in load.shipped():
        for checklist in pack.standards.checklists:
            for item in checklist.items:
                texts.setdefault(item.id, set()).add(item.text)
                assert checklist.item(item.text.en) == checklist.item(item.text.zh) == item
    assert {key: found for key, found in texts.items() if len(found) > 1} == {}


@pytest.mark.parametrize("category", ["laptop", "smart_toilet"])
def test_brought_and_put_up_whatever_they_weigh(category: str) -> None:
    """The promise is for every piece, so it hangs on no fact of the product that somebody may not have written."""
    named = [one for pack in _ours() for one in pack.standards.entitlements]
    found = [one for one in named if one.suits(category, tree())]
    assert sorted(one.service for one in found) == ["home_delivery", "installation"]
    assert [condition.fact for one in found for condition in one.any] == ["pieces", "pieces"]
    assert {condition.figure(ON) for one in found for condition in one.any} == {1}


# The lists of conduct: goods, kind of work, line, items; with both packs in force.
_HOME = """
tv delivery service-conduct/bringing introduced shoe_covers nothing_touched nothing_taken waste_away
tv installation service-conduct/work introduced shoe_covers prices_shown ground_sheet own_gloves_tools nothing_touched nothing_taken cleaned_up waste_away
tv maintenance service-conduct/work introduced shoe_covers prices_shown ground_sheet own_gloves_tools nothing_touched nothing_taken cleaned_up waste_away
tv visit service-conduct/visit introduced shoe_covers nothing_touched nothing_taken
smart_toilet repair service-sanitary/toilet-conduct trained bathroom_untouched film_laid tools_on_film gloves_worn gloves_in_bag thrown_away_outside left_clean
smart_toilet delivery service-conduct/bringing introduced shoe_covers nothing_touched nothing_taken waste_away
"""  # noqa: E501 - a row is a line


@pytest.mark.parametrize("row", _HOME.strip().splitlines())
def test_conduct_at_home_item_by_item(row: str) -> None:
    """What the sources tell, for each kind of work that somebody comes home for; each of them is asked about."""
    goods, work, line, *items = row.split()
    lists = [one for pack in _ours() for one in pack.standards.checklists]
    (found,) = [one for one in lists_for(lists, work, goods, ON, tree()) if one.about == "conduct"]
    assert (found.line, found.follows, [item.id for item in found.items]) == (line, "own", items)
    assert "conduct" in {question.id for question in found.asks}


def test_a_toilet_repaired_at_home_has_a_list_of_its_own() -> None:
    """Beside that of conduct, and not the one by which it was put up."""
    lists = [one for pack in _ours() for one in pack.standards.checklists]
    assert [one.line for one in lists_for(lists, "repair", "smart_toilet", ON, tree())] == [
        "service-sanitary/toilet-repair", "service-sanitary/toilet-conduct",
    ]  # fmt: skip


def test_conduct_is_owed_only_where_the_shop_means_it() -> None:
    """No book has findings of conduct by accident; the packs with lists lay the duty for their goods."""
    duties = [duty for pack in load.shipped() for duty in pack.standards.duties]
    laid = {duty.pack: duty.category for duty in duties if duty.duty == "follow_conduct"}
    assert laid == {"service-conduct": "goods", "service-sanitary": "sanitary_ware"}
    assert set(laid) <= set(_KINDS)
