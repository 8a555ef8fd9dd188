"""What no figure may do, whatever the book: fall where a promise was kept, rise where one was broken, lose a case."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import partial
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.answers.ledger import Ledger
from aftercare.answers.measures.counting import Facts, Score
from aftercare.answers.promises import Event, Keeping, Promise
from aftercare.book.shelf import shelve
from aftercare.cli import run
from aftercare.plain.moments import is_late, parse
from tests.answers import shop
from tests.answers.books import several
from tests.scores import recount
from tests.scores.facts import every, facts, facts_of
from tests.scores.recount import BOOK, TODAY, Span

NOW = "2026-03-20"
"""A day after most of what the drawn books promise."""
YEAR = Span("2026-01-01", "2026-12-31")
GROUPS = frozenset({"back_well_served", "back_let_down"})
"""They compare two groups of customers, and who is served better moves from one to the other."""
LATE = frozenset({"delays_told"})
"""Of what went wrong, what was told: what is put right is no longer one of these cases."""
MOVED = frozenset({"moved_by_us", "installed_on_time"})
"""What is moved is a case against us when its day comes, kept or not; and one case more makes those before it fewer."""
SNAPSHOTS = frozenset(
    {"complaint_age", "in_touch", "L10", "bought_again", "came_through_somebody", "back_well_served", "back_let_down"}
)
"""Counted for the period as a whole: a customer, or a complaint, can be a case of each of two halves."""


def kept(promise: Promise) -> Promise:
    """The same promise, kept in time: on the day it was due, or today where that is still to come."""
    at = promise.due.by if promise.due and not is_late(promise.due.by, parse(NOW)) else parse(NOW)
    return replace(promise, state="kept", kept=Keeping(at, promise.draft.record), ended=None)


def broken(promise: Promise) -> Promise:
    """The same promise, broken by our own word on the day it was due, or today."""
    at = promise.due.by if promise.due and not is_late(promise.due.by, parse(NOW)) else parse(NOW)
    return replace(promise, state="broken", kept=None, ended=Event(at, promise.draft.record, "断货"))


def excepted(promise: Promise) -> frozenset[str]:
    """The figures that the page excepts: of a promise whose day had come already, only those of groups and delays."""
    return GROUPS | LATE | (MOVED if promise.state in {"due", "waiting"} else frozenset())


def with_one(changed: Promise) -> partial[Ledger]:
    """What puts a promise into a ledger in the place of the one with its id."""
    return partial(_with_one, changed=changed)


def _with_one(ledger: Ledger, changed: Promise) -> Ledger:
    promises = tuple(changed if promise.id == changed.id else promise for promise in ledger.promises)
    return Ledger(promises, ledger.affairs, ledger.rules)


def share(score: Score) -> Fraction | None:
    """A share as it is, the better the higher; none of nothing."""
    if score.measure.sort != "share" or not score.of:
        return None
    found = Fraction(score.good, score.of)
    return 1 - found if score.measure.less else found


def worse(before: Mapping[str, Score], after: Mapping[str, Score]) -> list[str]:
    """The shares that fell."""
    pairs = {name: (share(before[name]), share(after[name])) for name in before}
    return [name for name, (was, now) in pairs.items() if was is not None and now is not None and now < was]


@settings(max_examples=40)
@given(several(), st.data())
def test_keeping_one_more_promise_lowers_no_score(records: list[str], data: st.DataObject) -> None:
    """A shop that does what it said must never see a figure fall for it."""
    seen = facts_of(shop.shelf(*records), shop.rules(), NOW)
    for_keeping = [one for one in seen.ledger.promises if one.is_open or one.state in {"kept_late", "broken"}]
    if for_keeping:
        one = data.draw(st.sampled_from(for_keeping))
        after = facts_of(seen.shelf, shop.rules(), NOW, with_one(kept(one)))
        assert worse(every(seen, YEAR, excepted(one)), every(after, YEAR, excepted(one))) == [], one.id


@settings(max_examples=40)
@given(several(), st.data())
def test_breaking_a_promise_raises_no_score(records: list[str], data: st.DataObject) -> None:
    """A shop must not look better by saying that it will not do what it said."""
    seen = facts_of(shop.shelf(*records), shop.rules(), NOW)
    for_breaking = [one for one in seen.ledger.promises if one.is_open or one.state in {"kept", "kept_late"}]
    if for_breaking:
        one = data.draw(st.sampled_from(for_breaking))
        after = facts_of(seen.shelf, shop.rules(), NOW, with_one(broken(one)))
        assert worse(every(after, YEAR, excepted(one)), every(seen, YEAR, excepted(one))) == [], one.id


def told(number: int, **facts: str) -> str:
    """A spoken promise that was due on 10 March."""
    return shop.record(f"PM26-{number:04}", **{"due": "2026-03-10", **facts})


INFORMED = shop.record("VI26-0001", at="2026-03-09T10:00", about="[PM26-0001]", purpose="information")
MOVED_LATER = told(1, kept="{at: 2026-03-12}", moved="[{to: 2026-03-12, asked_by: shop, agreed: yes, on: 2026-03-05}]")


def test_a_delay_that_was_told_and_put_right_is_none() -> None:
    """Why the page excepts delays_told: of two delays one was told; kept in time, it leaves the one that was not."""
    assert share_of("delays_told", told(1), INFORMED, told(2)) == Fraction(1, 2)
    assert share_of("delays_told", told(1, kept="{at: 2026-03-10}"), INFORMED, told(2)) == 0


def test_one_case_more_makes_fewer_moved() -> None:
    """Why it excepts moved_by_us: a promise broken before its day is a case that nobody moved."""
    assert share_of("moved_by_us", MOVED_LATER, told(2, due="2026-04-30")) == 0
    ended = told(2, due="2026-04-30", broken="{on: 2026-03-15}")
    assert share_of("moved_by_us", MOVED_LATER, ended) == Fraction(1, 2)


def share_of(measure: str, *records: str) -> Fraction | None:
    """A share of the drawn books' shop with these records."""
    return share(every(facts_of(shop.shelf(*records), shop.rules(), NOW), YEAR)[measure])


def _known(before: Score, after: Score) -> Score:
    """Of the score after a deed the cases that were there before it; what it gives rise to is another promise."""
    ids = {case.id for case in before.cases}
    return replace(after, cases=[case for case in after.cases if case.id in ids])


OPEN = [row["id"] for row in recount.printed(BOOK, TODAY, "promise", "list") if row["state"] in {"overdue", "due"}]


def copied(folder: Path) -> Path:
    """A book of its own to write in."""
    return Path(shutil.copytree(BOOK, folder / "book"))


def typed(book: Path, today: str, *words: str) -> None:
    """A command that must succeed."""
    assert run(["-C", str(book), "--today", today, *words]) == 0, words


@pytest.mark.parametrize("promise", OPEN[:: max(1, len(OPEN) // 8)])
def test_the_record_that_keeps_a_promise_lowers_no_score(promise: str, tmp_path: Path) -> None:
    """The same through the files: what was owed is kept in time by the command that ``due`` names."""
    book = copied(tmp_path)
    row = next(row for row in recount.printed(book, TODAY, "promise", "list") if row["id"] == promise)
    typed(book, row["due"][:10], *row["keep_with"][1:])
    before, after = every(facts(BOOK, TODAY), YEAR, GROUPS | LATE), every(facts(book, TODAY), YEAR, GROUPS | LATE)
    assert worse(before, {name: _known(before[name], score) for name, score in after.items()}) == []
    assert after["promises_kept"].good > before["promises_kept"].good


@pytest.mark.parametrize("promise", OPEN[:: max(1, len(OPEN) // 4)])
def test_the_word_that_breaks_a_promise_raises_no_score(promise: str, tmp_path: Path) -> None:
    """The same for what we said that we would not do."""
    book = copied(tmp_path)
    typed(book, TODAY, "promise", "break", promise, "--reason", "没有人手")
    before, after = every(facts(BOOK, TODAY), YEAR, GROUPS | LATE), every(facts(book, TODAY), YEAR, GROUPS | LATE)
    assert worse({name: _known(before[name], score) for name, score in after.items()}, before) == []


def bounded(score: Score) -> None:
    """What every figure is."""
    assert 0 <= score.good <= score.of
    if score.measure.sort == "share":
        assert (score.value is None) == (not score.of) == (score.reach is None)
    if score.measure.sort == "share" and score.reach:
        assert 0 <= score.reach.low <= score.good / score.of <= score.reach.high <= 1
        assert 0 <= (score.value or 0) <= 100
    if score.parts and all(case.part for case in score.cases):
        assert sum(tally.of for tally in score.parts.values()) == score.of
        assert sum(tally.good for tally in score.parts.values()) == score.good
    assert sum(month.of for month in score.months) == score.of
    assert sum(month.good for month in score.months) == score.good
    assert sum(tally.of for tally in score.binds.values()) in {0, score.of}
    assert sum(score.whys.values()) <= score.of - score.good
    assert len({case.id for case in score.cases}) == score.of


@settings(max_examples=20)
@given(several(), st.integers(1, 31))
def test_a_period_cut_in_two_adds_up(records: list[str], day: int) -> None:
    """A case that falls in no period, or in two, makes the months of a year another sum than the year."""
    seen = facts_of(shop.shelf(*records), shop.rules(), NOW)
    first, last = "2026-03-01", "2026-03-31"
    whole = every(seen, Span(first, last))
    left = every(seen, Span(first, f"2026-03-{day:02}"))
    right = every(seen, Span(f"2026-03-{day + 1:02}", last)) if day < 31 else {}
    for name, score in whole.items():
        bounded(score)
        if name not in SNAPSHOTS:
            halves = [*left[name].cases, *(right[name].cases if right else ())]
            assert [case.id for case in halves] == [case.id for case in score.cases], name
            assert sum(case.good for case in halves) == score.good, name


def test_every_month_of_the_small_book_adds_up_to_its_years() -> None:
    """The same on the book of the page, from the first sale to the day after the last promise."""
    seen = facts(BOOK, TODAY)
    for name, score in every(seen, recount.EVER, SNAPSHOTS).items():
        bounded(score)
        found = [every(seen, Span(f"{year}-01-01", f"{year}-12-31"), SNAPSHOTS)[name] for year in range(2024, 2028)]
        assert (sum(one.good for one in found), sum(one.of for one in found)) == (score.good, score.of), name


def figures(seen: Facts) -> dict[str, object]:
    """Every figure, without the names of its cases."""
    return {
        name: (score.good, score.of, score.value, score.whys, score.parts, score.binds, score.months)
        for name, score in every(seen, YEAR).items()
    }


def test_no_figure_hangs_on_the_numbers_of_records(tmp_path: Path) -> None:
    """Two clones that gave one number twice are renumbered, and the score of last year must stay what it was."""
    book = copied(tmp_path)
    for file in sorted(book.glob("[a-z]*/[0-9]*/*.yaml")):
        file.rename(file.with_name(_renumbered(file.name)))
    for file in book.rglob("*.yaml"):
        file.write_text(_renumbered(file.read_text(encoding="utf-8")), encoding="utf-8")
    assert recount.printed(book, TODAY, "check", "book") == []
    assert figures(facts(book, TODAY)) == figures(facts(BOOK, TODAY))


def _renumbered(text: str) -> str:
    """Every record's number turned round, so that the last comes first."""
    return re.sub(r"\b([A-Z]{2}\d\d)-(\d{4})\b", lambda found: f"{found[1]}-{5000 - int(found[2]):04}", text)


@settings(max_examples=12)
@given(several(), st.randoms(use_true_random=False))
def test_no_figure_hangs_on_the_order_in_which_files_are_read(records: list[str], chance: Random) -> None:
    """What a folder lists first is the disk's affair."""
    files = shop.as_files([*shop.stock(), *records])
    seen = facts_of(shop.shelf(*records), shop.rules(), NOW)
    chance.shuffle(files)
    assert figures(facts_of(shelve(files, shop.settings()), shop.rules(), NOW)) == figures(seen)
