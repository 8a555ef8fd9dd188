"""What holds of every verdict, as plain functions: each takes a made case and raises AssertionError where it does not.

They stand apart from pytest so that the check of seeded bugs can run them too.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeAlias

from hypothesis import strategies as st

from aftercare.plain.moments import day_of
from aftercare.policies import vocabulary
from aftercare.policies.conditions import After
from aftercare.policies.lines import Line
from aftercare.policies.pack import Pack
from aftercare.policies.verdict import RANK, Grant, Remedy, Verdict
from aftercare.records.words import WORSE_THAN
from tests.policies.situations_made import QUESTIONS, Made, cases, judged, laws, promises, with_law, with_lines

Property: TypeAlias = Callable[..., None]
_SETTLED = {"open", "closed", "if_proven", "review"}
_DEAREST = Decimal("Infinity")
_OTHER_DAYS = [date(1994, 1, 1), date(2013, 1, 1), date(2020, 1, 1), date(2022, 1, 1)]
_ANSWERS: Mapping[str, Sequence[str]] = {
    "category": ["refrigerator", "lcd_tv", "oled_tv", "color_tv_crt", "electric_kettle", "software", "mobile_phone"],
    "component": ["other", "压缩机", "显示屏", "显像管"],
    "channel": ["shop", "online"],
    "price": ["1", "5000"],
}


def _standing(verdict: Verdict, name: str) -> tuple[int, Remedy]:
    """How well a remedy stands, and what gives it: one that a better one hides stands as the better does."""
    found = verdict.remedy(name)
    if found.why == "better_open" and name in WORSE_THAN:
        found = verdict.remedy(WORSE_THAN[name])
    return RANK[found.state], found


def later_never_gains(made: Made, days: int) -> None:
    """The same facts on a later day, or with a fault that showed later: no remedy stands better.

    What a line opens because a day has passed (``after``) is the exception: it opens by waiting.
    """
    waits = {name for pack in laws() for line in pack.law.lines if _waits(line) for name in line.remedies}
    before = judged(made)
    later = [made.but(made.on + timedelta(days=days))]
    fault = made.day("fault_on")
    if fault is not None:
        later.append(made.but(made.on + timedelta(days=days), fault_on=(fault + timedelta(days=days)).isoformat()))
    for case in later:
        after = judged(case)
        for name in set(after.remedies) - waits:
            assert _standing(after, name)[0] <= _standing(before, name)[0], (name, case)


def _waits(line: Line) -> bool:
    blocks = itertools.chain(line.conditions, *(block.conditions for block in line.any))
    return any(isinstance(one, After) for one in blocks)


def a_promise_never_worsens(made: Made, promise: Pack, at: int) -> None:
    """A pack more, wherever it stands among the others: no remedy has a worse state, ends earlier or costs more."""
    packs = list(laws())
    alone = judged(made, packs)
    packs.insert(at % (len(packs) + 1), promise)
    together = judged(made, packs)
    for name in alone.remedies:
        was, had = _standing(alone, name)
        now, has = _standing(together, name)
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
    packs = [*laws(), promise]
    shuffled = [with_law(pack, replace(pack.law, lines=_shuffled(pack.law.lines, seed))) for pack in packs]
    one, other = judged(made, packs), judged(made, _shuffled(shuffled, seed))
    assert set(one.ask) == set(other.ask)
    assert one.assumed == other.assumed
    assert {name: _told(found) for name, found in one.remedies.items()} == {
        name: _told(found) for name, found in other.remedies.items()
    }


def _shuffled(values: Sequence[Any], seed: int) -> tuple[Any, ...]:
    return tuple(random.Random(seed).sample(values, len(values)))  # noqa: S311  # an order, not a secret


def _told(remedy: Remedy) -> tuple[object, ...]:
    """What a remedy says, without the order of what stands in no order."""
    best = _bundle(remedy.best) if remedy.best else None
    then = [_bundle(grant) for grant in remedy.then]
    return remedy.state, remedy.why, remedy.since, remedy.ended, best, then, set(remedy.also), set(remedy.ask)


def _bundle(grant: Grant) -> tuple[object, ...]:
    return grant.line, grant.state, grant.until, grant.fee, grant.amount, grant.choice, grant.liable, grant.act


def an_answer_never_flips(made: Made, unsaid: Sequence[str]) -> None:
    """What is settled while facts are unsaid is settled alike once they are said.

    Whoever asks has a fault, unless he says that there is none: that is no answer to the question when it showed.
    """
    if made.facts["fault_on"] == "none":
        unsaid = [name for name in unsaid if name != "fault_on"]
    whole, partial = judged(made), judged(made.without(*unsaid))
    for name, found in partial.remedies.items():
        if found.state not in _SETTLED:
            continue
        now = whole.remedy(name)
        # What is for proof or for a person may come to more by what is asked for; an open one may be needless then.
        if found.ask or now.why == "better_open":
            assert _standing(whole, name)[0] >= RANK[found.state], (name, found.state)
        else:
            assert now.state == found.state, (name, found.state)


def what_is_asked_matters(made: Made, unsaid: Sequence[str]) -> None:
    """A fact that alone is asked for is one where answers to it lead to different answers.

    Where several are asked for, one may prove needless once another is answered; goods and parts are asked for without
    trying all kinds.  Nothing is asked for that was said, but for a word that says too little.
    """
    partial = made.without(*unsaid)
    verdict = judged(partial)
    for name in verdict.ask:
        assert name not in partial.facts or name in {"category", "component"}, name
        if len(verdict.ask) == 1 and name not in {"category", "component"}:
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
    """What is to happen by a day may happen on that day, and by the same lines not on the next."""
    for found in judged(made).remedies.values():
        for grant in (found.best, *found.then):
            if grant is not None and grant.until is not None:
                grounds = _grounds(laws(), grant.line)
                held = [ground for ground in grounds if _same(_alone(made, laws(), grant, ground), grant)]
                assert held, grant.line
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
    return found is not None and _bundle(found) == _bundle(grant)


_DONE = {"show": "fault_on", "declare": "withdrawn_on", "notify": "notified_on"}


def _acting(made: Made, grant: Grant, ground: str, day: date) -> Verdict | None:
    """The verdict by two lines where what the grant waits for happened on the day; None where facts forbid that."""
    fact, last = _DONE[grant.act], day_of(grant.until or date.max)
    packs = [with_lines(pack, grant.line, ground) for pack in laws()]
    if fact != "fault_on" and fact not in made.facts:  # not done yet: what counts is the day of the question
        return judged(made.but(day), packs) if day >= made.on else None
    moved = made.without("returned_on") if fact == "withdrawn_on" else made
    return judged(moved.but(max(made.on, last + timedelta(days=1)), **{fact: day.isoformat()}), packs)


def an_answer_is_of_one_line(made: Made, promise: Pack) -> None:
    """End, cost and choice of each answer are what its line alone gives, with a line that it is given on."""
    packs = [*laws(), promise]
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
    assert judged(made) == judged(Made(dict(reversed(made.facts.items())), made.on))


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
    "the same question": (the_same_question_has_the_same_answer, (cases(),)),
}
