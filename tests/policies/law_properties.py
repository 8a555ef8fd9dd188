"""What holds of every verdict, as plain functions: each takes a made case and raises AssertionError where it does not.

They stand apart from pytest so that the check of seeded bugs can run them too.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeAlias

from hypothesis import strategies as st

from aftercare.plain.moments import day_of
from aftercare.policies import categories, vocabulary
from aftercare.policies.judging.verdict import RANK, Grant, Remedy, Verdict
from aftercare.policies.pack import Pack
from tests.policies.made_laws import promises, with_law, with_lines
from tests.policies.situations_made import QUESTIONS, Made, cases, judged, muddles
from tests.policies.verdicts_told import bundle, standing, told, waiting, waits_for_a_day

Property: TypeAlias = Callable[..., None]
_EXCEPTED = frozenset({"fresh_food", "cut_flowers", "press", "recordings", "software"})
"""What the packs except by ``said_category``, the kind of goods as far as it was said."""
_SETTLED = {"open", "closed", "if_proven", "review"}
_DEAREST = Decimal("Infinity")
_OTHER_DAYS = [date(1994, 1, 1), date(2013, 1, 1), date(2020, 1, 1), date(2022, 1, 1)]
_ANSWERS: Mapping[str, Sequence[str]] = {
    "category": ["refrigerator", "lcd_tv", "oled_tv", "color_tv_crt", "electric_kettle", "software", "mobile_phone"],
    "component": ["other", "压缩机", "显示屏", "显像管"],
    "channel": ["shop", "online", "home"],
    "price": ["1", "5000"],
    "region": ["none", "Zhejiang", "Shanghai", "Beijing", "Shandong", "England", "Scotland", "Quebec"],
    "odometer_km": ["0", "9999999"],
}
_MANY = frozenset({"category", "component", "buyer_response"})
"""Facts with so many answers that none of them are tried, and of which some say too little."""


def later_never_gains(made: Made, days: int) -> None:
    """The same facts on a later day, or with a fault that showed later: no remedy stands better.

    What a line opens because a day has passed (``after``) is the exception: it opens by waiting.
    """
    late = waiting(made.packs)
    before = judged(made)
    later = [made.but(made.on + timedelta(days=days))]
    fault = made.day("fault_on")
    if fault is not None:
        later.append(made.but(made.on + timedelta(days=days), fault_on=(fault + timedelta(days=days)).isoformat()))
    for case in later:
        after = judged(case)
        for name in set(after.remedies) - late:
            assert standing(after, name)[0] <= standing(before, name)[0], (name, case)


def a_promise_never_worsens(made: Made, promise: Pack, at: int) -> None:
    """A pack more, wherever it stands among the others: no remedy has a worse state, ends earlier or costs more."""
    packs = list(made.packs)
    alone = judged(made, packs)
    packs.insert(at % (len(packs) + 1), promise)
    together = judged(made, packs)
    for name in alone.remedies:
        was, had = standing(alone, name)
        now, has = standing(together, name)
        assert now >= was, name
        if now == was and had.best and has.best and had.state == "open":
            assert _last(has) >= _last(had), name
            assert _cost(has.best) <= _cost(had.best), name


def _last(remedy: Remedy) -> date:
    return max(day_of(grant.until) if grant.until else date.max for grant in (remedy.best, *remedy.then) if grant)


def _cost(grant: Grant) -> Decimal:
    if grant.fee is None:
        return Decimal(0)
    return _DEAREST if grant.fee.amount is None else grant.fee.amount


def order_does_not_matter(made: Made, promise: Pack, seed: int) -> None:
    """Packs and their lines in any order give the same answer."""
    packs = [*made.packs, promise]
    shuffled = [with_law(pack, replace(pack.law, lines=_shuffled(pack.law.lines, seed))) for pack in packs]
    one, other = judged(made, packs), judged(made, _shuffled(shuffled, seed))
    assert set(one.ask) == set(other.ask)
    assert one.assumed == other.assumed
    assert {name: told(found) for name, found in one.remedies.items()} == {
        name: told(found) for name, found in other.remedies.items()
    }


def _shuffled(values: Sequence[Any], seed: int) -> tuple[Any, ...]:
    return tuple(random.Random(seed).sample(values, len(values)))  # noqa: S311  # an order, not a secret


def an_answer_never_flips(made: Made, unsaid: Sequence[str]) -> None:
    """What is settled while facts are unsaid is settled alike once they are said.

    Whoever asks has a fault, unless he says that there is none: that is no answer to the question when it showed.
    Goods excepted by their kind are none as long as nobody says so, as every exception that the trader must show.
    """
    if made.facts["fault_on"] == "none":
        unsaid = [name for name in unsaid if name != "fault_on"]
    if _is_excepted(made.facts.get("category")):
        unsaid = [name for name in unsaid if name != "category"]
    whole, partial = judged(made), judged(made.without(*unsaid))
    for name, found in partial.remedies.items():
        if found.state not in _SETTLED:
            continue
        now = whole.remedy(name)
        # What is for proof or for a person may come to more by what is asked for; an open one may be needless then.
        if found.ask or now.why == "better_open":
            assert standing(whole, name)[0] >= RANK[found.state], (name, found.state)
        else:
            assert now.state == found.state, (name, found.state)


def _is_excepted(category: Any) -> bool:
    tree = categories.tree()
    found = tree.find(str(category))
    return found is not None and any(tree.is_a(found, kind) for kind in _EXCEPTED)


def what_is_asked_matters(made: Made, unsaid: Sequence[str]) -> None:
    """A fact that alone is asked for is one where answers to it lead to different answers.

    Where several are asked for, one may prove needless once another is answered; goods and parts are asked for without
    trying all kinds, and the day that says which figures hold without trying the figures of all days.  Nothing is asked
    for that was said, but for a word that says too little.
    """
    partial = made.without(*unsaid)
    verdict = judged(partial)
    untried = _MANY if made.place == "made" else _MANY.union(*(pack.law.governed_by for pack in made.packs))
    for name in verdict.ask:
        assert name not in partial.facts or name in _MANY, name
        asking = [found for found in verdict.remedies.values() if name in found.ask]
        # What a person must judge may come to no more by what is asked for.
        if len(verdict.ask) == 1 and name not in untried and any(found.state != "review" for found in asking):
            assert any(_differ(case, name) for case in _known_otherwise(made, partial.without(name), verdict.ask)), name
    asked = {name for found in verdict.remedies.values() for name in found.ask}
    assert set(verdict.ask) == asked
    assert all(found.ask for found in verdict.remedies.values() if found.state == "ask")
    assert not any(found.ask for found in verdict.remedies.values() if found.state in {"open", "closed"})


def _known_otherwise(made: Made, partial: Made, asked: Sequence[str]) -> Iterator[Made]:
    """The case with all that was unsaid, as it stands, and with each answer to each question."""
    yield partial
    yield partial.but(**{name: made.facts[name] for name in asked if name in made.facts})
    for name in asked:
        yield from (partial.but(**{name: answer}) for answer in _answers(partial, name))


def _differ(case: Made, name: str) -> bool:
    """Whether the answers to a fact lead to different answers, or to other questions."""
    answers = [judged(case.but(**{name: answer})) for answer in _answers(case, name)]
    return len({_states(found) for found in answers}) > 1


def _answers(made: Made, name: str) -> Iterator[str]:
    if vocabulary.fact(name).type == "yesno":
        yield from ("yes", "no")
    elif name in _ANSWERS:
        yield from _ANSWERS[name]
    else:
        sold = made.day("sold_on") or made.on
        yield from (day.isoformat() for day in dict.fromkeys([sold, made.on, *_OTHER_DAYS]))


def _states(verdict: Verdict) -> tuple[object, ...]:
    return tuple(sorted((name, found.state) for name, found in verdict.remedies.items()))


def the_last_good_day_is_good(made: Made) -> None:
    """What is to happen by a day may happen on that day, and by the same lines not on the next.

    Lines are left out that hang on the day in other ways too.
    """
    for found in judged(made).remedies.values():
        for grant in (found.best, *found.then):
            if grant is not None and grant.until is not None:
                grounds = _grounds(made.packs, grant.line)
                held = [ground for ground in grounds if _same(_alone(made, made.packs, grant, ground), grant)]
                assert held, grant.line
                lines = [line for pack in made.packs for line in pack.law.lines if line.line in {grant.line, held[0]}]
                if not any(waits_for_a_day(line, made.packs) for line in lines):
                    _is_last_day(made, grant, held[0], day_of(grant.until))


def _is_last_day(made: Made, grant: Grant, ground: str, last: date) -> None:
    on_it, past_it = (_acting(made, grant, ground, day) for day in (last, last + timedelta(days=1)))
    if on_it is None or past_it is None:
        return
    # Asked on a later day than in the case, a disputed day is for proof.
    best = on_it.remedy(grant.remedy).best
    assert best is not None
    assert best.until == grant.until
    assert best.state == grant.state or (best.state, grant.state) == ("if_proven", "open")
    after = past_it.remedy(grant.remedy).best
    assert after is None or after.until is None or day_of(after.until) > last or RANK[after.state] < RANK[best.state]


def _same(found: Grant | None, grant: Grant) -> bool:
    return found is not None and bundle(found) == bundle(grant)


_DONE = {"show": "fault_on", "declare": "withdrawn_on", "notify": "notified_on", "send": "dispatched_back_on"}


def _acting(made: Made, grant: Grant, ground: str, day: date) -> Verdict | None:
    """The verdict by two lines where what the grant waits for happened on the day; None where facts forbid that."""
    fact, last = _DONE.get(grant.act, ""), day_of(grant.until or date.max)
    packs = [with_lines(pack, grant.line, ground) for pack in made.packs]
    if fact != "fault_on" and fact not in made.facts:  # not done yet: what counts is the day of the question
        return judged(made.but(day), packs) if day >= made.on and _is_of_today(made, {grant.line, ground}) else None
    moved = made.without("returned_on") if fact == "withdrawn_on" else made
    return judged(moved.but(max(made.on, last + timedelta(days=1)), **{fact: day.isoformat()}), packs)


def _is_of_today(made: Made, lines: Collection[str]) -> bool:
    """Whether the windows of some lines test the day of the question."""
    named = {name for pack in made.packs for line in pack.law.lines if line.line in lines for name in line.windows}
    tested = [window.tests for pack in made.packs for window in pack.law.windows if window.name in named]
    return all("today" in tests and not set(tests) & set(made.facts) for tests in tested)


def an_answer_is_of_one_line(made: Made, promise: Pack) -> None:
    """End, cost and choice of each answer are what its line alone gives, with a line that it is given on."""
    packs = [*made.packs, promise]
    for name, found in judged(made, packs).remedies.items():
        for grant in (found.best, *found.then):
            if grant is not None:
                grounds = _grounds(packs, grant.line)
                assert any(_same(_alone(made, packs, grant, ground), grant) for ground in grounds), (name, grant.line)


def _grounds(packs: Sequence[Pack], line: str) -> list[str]:
    """The lines that grant what a line is given on; the line itself where it is given on nothing."""
    lines = [one for pack in packs for one in pack.law.lines]
    given = next(one.given for one in lines if one.line == line)
    return [one.line for one in lines if given in one.grants] if given else [line]


def _alone(made: Made, packs: Sequence[Pack], grant: Grant, ground: str) -> Grant | None:
    return judged(made, [with_lines(pack, grant.line, ground) for pack in packs]).remedy(grant.remedy).best


def the_same_question_has_the_same_answer(made: Made) -> None:
    """A verdict hangs on nothing but the facts, the packs and the day."""
    assert judged(made) == judged(Made(dict(reversed(made.facts.items())), made.on, made.place))


def what_is_assumed_may_be_said(made: Made) -> None:
    """What was taken for granted leads to the same answers when it is said, and is then taken for granted no more."""
    taken = judged(made)
    said = judged(made.but(**{name: vocabulary.fact(name).assumed for name in taken.assumed}))
    assert not said.assumed
    assert {name: told(found) for name, found in taken.remedies.items()} == {
        name: told(found) for name, found in said.remedies.items()
    }


def whatever_is_said_has_an_answer(made: Made) -> None:
    """Days that contradict each other, events to come and facts unsaid: an answer or a question, and never none.

    What contradicts itself is for a person to judge, or is asked for, and no remedy is asked about without a question.
    """
    verdict = judged(made)
    assert all(found.ask for found in verdict.remedies.values() if found.state == "ask")
    assert all(found.why for found in verdict.remedies.values() if found.state == "closed")
    assert all(found.best is not None for found in verdict.remedies.values() if found.state != "closed")
    assert not made.situation.contradicted or verdict.review


_days = st.integers(1, 40)
_unsaid = st.lists(st.sampled_from(QUESTIONS), min_size=1, max_size=2, unique=True)
PROPERTIES: Mapping[str, tuple[Property, tuple[st.SearchStrategy[Any], ...]]] = {
    "later never gains": (later_never_gains, (cases(), _days)),
    "a promise never worsens": (a_promise_never_worsens, (cases(), promises(), st.integers(0, 9))),
    "order does not matter": (order_does_not_matter, (cases(), promises(), st.integers(0, 999))),
    "an answer never flips": (an_answer_never_flips, (cases(), _unsaid)),
    "what is asked matters": (what_is_asked_matters, (cases(), _unsaid)),
    "the last good day is good": (the_last_good_day_is_good, (cases(),)),
    "an answer is of one line": (an_answer_is_of_one_line, (cases(), promises())),
    "what is assumed may be said": (what_is_assumed_may_be_said, (cases(),)),
    "whatever is said has an answer": (whatever_is_said_has_an_answer, (muddles(),)),
    "the same question": (the_same_question_has_the_same_answer, (cases(),)),
}
