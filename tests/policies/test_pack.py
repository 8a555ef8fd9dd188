"""The pack format: every fault is found, with its line."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import pytest

from aftercare.policies.load import BadPack, parse
from aftercare.policies.shape import Words

_SOUND = """\
id: our-plans
issuer: standard
title: {en: Our plans, zh: 我们的计划}
in_force: {from: 2020-01-01, to: 2030-12-31}
country: CN
region: Zhejiang
checked_on: 2026-11-21
sources:
  S1: {what: a text, where: a place, sure: practice}
not_covered: [festivals]
questions:
  use: {en: Does it work?, zh: 好用吗？}
plans:
- id: call-back
  title: {en: Call-back, zh: 回访}
  category: 空调
  when: {needs_installation: yes}
  after: delivered
  what: call_back
  step: call-back
  was: [early-call]
  channel: phone
  due: {2026-03-01: ~, 2020-01-01: [{days: 1}, {months: 1}]}
  retry: {attempts: 3, again: {hours: 3}}
  late: worthless
  cite: [S1]
  asks: [use]
  replaces: [service-plans/call-back, other]
"""


def _faults(text: str) -> list[tuple[int, str]]:
    with pytest.raises(BadPack) as caught:
        parse(text.encode(), "policies/own.yaml")
    assert {fault.file for fault in caught.value.faults} == {"policies/own.yaml"}
    return [(fault.line, fault.code) for fault in caught.value.faults]


def _changed(old: str, new: str) -> str:
    assert old in _SOUND
    return _SOUND.replace(old, new, 1)


def test_a_sound_pack_is_read_whole() -> None:
    """What the manifest and a line say is what the pack holds."""
    pack = parse(_SOUND.encode(), "own.yaml")
    (plan,) = pack.plans
    assert (pack.id, pack.issuer, pack.country, pack.region) == ("our-plans", "standard", "CN", "Zhejiang")
    assert (pack.since, pack.until) == (date(2020, 1, 1), date(2030, 12, 31))
    assert pack.title.said("zh") == "我们的计划"
    assert pack.sources["S1"].sure == "practice"
    assert pack.not_covered == (Words("festivals", "festivals"),)
    assert (plan.line, plan.category, plan.needs_installation) == ("our-plans/call-back", "air_conditioner", True)
    assert (plan.after, plan.subject, plan.what, plan.step) == ("delivered", "unit", "call_back", "call-back")
    assert (plan.was, plan.channel, plan.worthless_late, plan.cite) == (("early-call",), "phone", True, ("S1",))
    assert [(dated.since.isoformat(), len(dated.spans)) for dated in plan.due] == [("2020-01-01", 2), ("2026-03-01", 0)]
    assert plan.retry is not None
    assert (plan.retry.attempts, plan.retry.again.hours) == (3, 3)
    assert [question.text.en for question in plan.asks] == ["Does it work?"]
    assert plan.replaces == ("service-plans/call-back", "our-plans/other")


def test_a_pack_names_its_state() -> None:
    """Its version is the day it was last checked, its hash that of the very bytes."""
    pack = parse(_SOUND.encode(), "own.yaml")
    assert (pack.version, pack.sha256) == ("2026-11-21", sha256(_SOUND.encode()).hexdigest())


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ("id: our-plans", "id: Our Plans", 1, "value"),
        ("issuer: standard", "issuer: friend", 2, "choice"),
        ("title: {en: Our plans, zh: 我们的计划}", "title: {en: Our plans}", 3, "missing"),
        ("to: 2030-12-31", "to: 2019-12-31", 4, "value"),
        ("from: 2020-01-01, to", "from: 2020-02-30, to", 4, "date"),
        ("country: CN", "country: China", 5, "value"),
        ("checked_on: 2026-11-21", "checked_on: lately", 7, "date"),
        ("sure: practice", "sure: memory", 9, "choice"),
        ("where: a place, ", "", 9, "missing"),
        ("not_covered: [festivals]", "not_covered: festivals", 10, "shape"),
        ("- id: call-back", "- id: Call_Back", 14, "value"),
        ("category: 空调", "category: 空调机器人", 16, "category"),
        ("when: {needs_installation: yes}", "when: {needs_installation: perhaps}", 17, "choice"),
        ("after: delivered", "after: bought", 18, "choice"),
        ("after: delivered", "after: birthday", 16, "value"),
        ("after: delivered", "after: referred", 16, "value"),
        ("after: delivered", "after: came_referred", 16, "value"),
        ("what: call_back", "what: telephone", 19, "choice"),
        ("step: call-back", "step: call-back-3d", 20, "value"),
        ("was: [early-call]", "was: [early-call-2]", 21, "value"),
        ("channel: phone", "channel: pigeon", 22, "choice"),
        ("2026-03-01: ~", "2026-3-1: ~", 23, "date"),
        ("2026-03-01: ~", "2026-03-01: []", 23, "shape"),
        ("2026-03-01: ~", "2026-03-01: {days: 1}", 23, "shape"),
        ("{months: 1}", "{months: -1}", 23, "number"),
        ("{months: 1}", "{months: 1.5}", 23, "number"),
        ("{months: 1}", "{months: 99999}", 23, "number"),
        ("{months: 1}", "{months: 1, days: 3}", 23, "shape"),
        ("{months: 1}", "{weeks: 1}", 23, "unknown-key"),
        ("{months: 1}", "{}", 23, "shape"),
        ("attempts: 3", "attempts: 0", 24, "number"),
        ("attempts: 3, ", "", 24, "missing"),
        ("late: worthless", "late: bad", 25, "choice"),
        ("cite: [S1]", "cite: [S2]", 26, "choice"),
        ("cite: [S1]", "cite: []", 26, "missing"),
        ("asks: [use]", "asks: [price]", 27, "choice"),
        ("replaces: [service-plans/call-back, other]", "replaces: a/b/c", 28, "value"),
    ],
)
def test_each_fault_is_found_on_its_line(old: str, new: str, line: int, code: str) -> None:
    """One wrong value gives its own code at its own line."""
    assert (line, code) in _faults(_changed(old, new))


@pytest.mark.parametrize("key", ["id", "title", "category", "after", "what", "step", "channel", "due", "cite"])
def test_a_line_without_what_it_needs_is_a_fault(key: str) -> None:
    """A missing key is reported where the line begins."""
    kept = [text for text in _SOUND.splitlines() if not text.startswith((f"  {key}:", f"- {key}:"))]
    text = "\n".join(kept) + "\n"
    if key == "id":
        text = text.replace("  title: {en: Call-back", "- title: {en: Call-back")
    assert (14, "missing") in _faults(text)


def test_a_pack_may_be_in_force_for_one_day() -> None:
    """The first day may be the last: both are within."""
    day = date(2020, 1, 1)
    pack = parse(_changed("to: 2030-12-31", "to: 2020-01-01").encode(), "own.yaml")
    assert (pack.since, pack.until) == (day, day)


def test_all_faults_are_collected_in_the_order_of_lines() -> None:
    """One reading names everything that is wrong."""
    text = _changed("issuer: standard", "issuer: friend").replace("after: delivered", "after: bought")
    text = text.replace("channel: phone", "chanel: phone")
    assert _faults(text) == [(2, "choice"), (14, "missing"), (18, "choice"), (22, "unknown-key")]


def test_an_unknown_key_gets_a_suggestion() -> None:
    """A slip in a key's name is answered with the name that was likely meant."""
    with pytest.raises(BadPack, match=r"“chanel”; did you mean “channel”"):
        parse(_changed("channel: phone", "chanel: phone").encode(), "own.yaml")


@pytest.mark.parametrize("section", ["promises", "rules", "fees", "calendar"])
def test_sections_that_mean_nothing_here_are_refused(section: str) -> None:
    """What would have no effect is not read over in silence."""
    assert (29, "unknown-key") in _faults(f"{_SOUND}{section}: []\n")


def test_two_lines_of_one_name_are_a_fault() -> None:
    """A line's id is unique in its pack."""
    line = _SOUND[_SOUND.index("- id: call-back") :]
    assert (29, "repeated") in _faults(_SOUND + line)


def test_a_shop_answers_for_its_own_figures() -> None:
    """A shop's pack needs no sources and no days; everyone else must say where a figure comes from."""
    what = "id: a, title: 回访, category: goods, after: sold, what: other, step: a, channel: phone"
    text = f"id: own\nissuer: shop\ntitle: 自家\nplans: [{{{what}, due: {{2026-01-01: [{{days: 1}}]}}}}]\n"
    assert parse(text.encode(), "own.yaml").plans[0].title.en == "回访"
    codes = _faults(text.replace("issuer: shop", "issuer: maker"))
    assert codes == [(1, "missing")] * 3 + [(4, "missing")]


@pytest.mark.parametrize("text", ["plans: [", "- a\n", "id: a\nid: b\n", "id: &x a\n"])
def test_a_file_that_cannot_be_read_strictly_is_a_bad_pack(text: str) -> None:
    """Bad YAML is reported as any other fault of a pack."""
    assert _faults(text)


@pytest.mark.parametrize("text", ["id: [a]\n", "plans: text\n", "plans: [text, [a], ~]\n", "sources: [a]\nplans: {}\n"])
def test_values_of_the_wrong_shape_are_faults_and_nothing_worse(text: str) -> None:
    """A list where a text is wanted, and so on, never breaks the reading."""
    assert _faults(text)
