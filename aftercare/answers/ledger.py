"""The ledger: every promise of a book in its state on a day.

A record makes a promise, another keeps it, and what is left open is what the shop owes.  (Accounting knows this as
commitments that are fulfilled by economic events: McCarthy's REA model, ISO/IEC 15944-4.)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from aftercare.answers.affairs import Affairs, affairs_of
from aftercare.answers.endings import comes_too_late
from aftercare.answers.greetings import remembered
from aftercare.answers.keeping import fates
from aftercare.answers.lines import Line, lines_of
from aftercare.answers.making import made
from aftercare.answers.promises import Draft, Event, Fate, Keeping, Promise, Term
from aftercare.answers.recurring import followers
from aftercare.answers.rules import Rules
from aftercare.answers.states import State
from aftercare.answers.upkeep import ended
from aftercare.answers.works import finished
from aftercare.book.shelf import Shelf
from aftercare.language import _
from aftercare.plain.moments import Moment, day_of, days_after, in_order, is_late, shifted
from aftercare.plain.opening import ALWAYS, Opening

APOLOGISE_WITHIN = 1
"""An apology is owed by the day after; how late it may come no source says, so it is the shop's own plan."""


@dataclass(frozen=True)
class Ledger:
    """The promises of a book (or of some of its customers), in the order of their ids within each customer."""

    promises: tuple[Promise, ...]
    affairs: dict[str, Affairs]
    rules: Rules

    def get(self, promise_id: str) -> Promise | None:
        """The promise with this id."""
        return self._by_id.get(promise_id)

    @cached_property
    def _by_id(self) -> dict[str, Promise]:
        return {promise.id: promise for promise in reversed(self.promises)}

    @cached_property
    def to(self) -> dict[str, list[Promise]]:
        """The promises to each customer."""
        found: dict[str, list[Promise]] = {}
        for promise in self.promises:
            found.setdefault(promise.draft.to, []).append(promise)
        return found

    def about(self, *of: str) -> list[Promise]:
        """The promises about subjects and their parts; a spoken one is about what its record says, one that a contact
        left behind about what that was about.
        """
        return [promise for promise in self.promises if any(_is_about(promise.draft, subject) for subject in of)]


def _is_about(draft: Draft, subject: str) -> bool:
    subjects = draft.about if draft.id == draft.record else draft.subjects
    return any(one == subject or one.startswith(f"{subject}/") for one in (draft.id, *subjects))


def ledger_of(shelf: Shelf, rules: Rules, now: Moment, customers: Iterable[str] | None = None) -> Ledger:
    """The ledger of a shelf on a day; of some *customers* only, where they are named."""
    if customers is None:
        chosen = affairs_of(shelf)
    else:
        wanted = list(customers)
        every = affairs_of(shelf.around(wanted))
        chosen = {c: every[c] for c in wanted if c in every}
    promises = [promise for affairs in chosen.values() for promise in promises_to(affairs, rules, now)]
    return Ledger(tuple(promises), chosen, rules)


def promises_to(affairs: Affairs, rules: Rules, now: Moment) -> list[Promise]:
    """Every promise ever made to one customer, in its state on a day."""
    lines = list(lines_of(affairs, rules))
    drafts = list(made(affairs, lines, rules, now))
    if affairs.customer.forgotten:
        drafts = [draft for draft in drafts if not comes_too_late(affairs, draft)]
    if any(draft.turn for draft in drafts):
        drafts, found, judged = _coming_back(affairs, lines, drafts, rules, now)
    else:
        found, judged = _settled(affairs, lines, drafts, rules, now)
    apologies = [draft for promise in judged if (draft := _apology(promise, rules))]
    if apologies:
        found = fates(affairs, lines, [*drafts, *apologies], rules, now)
        judged.extend(judge(draft, found[draft.id], now, rules.opening) for draft in apologies)
    judged.extend(remembered(affairs))
    return judged


def _settled(
    affairs: Affairs, lines: Sequence[Line], drafts: Sequence[Draft], rules: Rules, now: Moment
) -> tuple[dict[str, Fate], list[Promise]]:
    """What became of *drafts*, and the promises that they are."""
    found = fates(affairs, lines, drafts, rules, now)
    return found, [judge(draft, found[draft.id], now, rules.opening) for draft in drafts]


def _coming_back(
    affairs: Affairs, lines: Sequence[Line], first: Sequence[Draft], rules: Rules, now: Moment
) -> tuple[list[Draft], dict[str, Fate], list[Promise]]:
    """The *first* times of what comes back with all that follow, each from how the one before it ended.

    What a visit is for depends on what was promised by then, so all is weighed again for each further time; a time
    that is settled stays so, and there is none without a fact that settled the one before.
    """
    drafts, ends = list(first), ended(affairs)
    found, judged = _settled(affairs, lines, drafts, rules, now)
    for __ in range(len(first) + len(affairs.visits) + len(affairs.promises)):
        later = followers(judged, found, ends, rules.opening)
        if later == drafts[len(first) :]:
            break
        drafts = [*first, *later]
        found, judged = _settled(affairs, lines, drafts, rules, now)
    return drafts, found, judged


def _apology(promise: Promise, rules: Rules) -> Draft | None:
    """Kept late and broken ask for an apology, once, where the customer had our word or the law's."""
    draft = promise.draft
    at = promise.kept.at if promise.state == "kept_late" and promise.kept else None
    if promise.state == "broken" and promise.ended:
        at = promise.ended.at
    if at is None or draft.binds == "plan" or not rules.counts(day_of(at)):
        return None
    return Draft(
        id=f"{draft.id}/apology",
        what="apology",
        subject=draft.subject,
        to=draft.to,
        binds="plan",
        record=draft.record,
        made_on=at,
        term=Term(rules.opening.open_day(days_after(day_of(at), APOLOGISE_WITHIN))),
        about=draft.about,
        product=draft.product,
    )


def judge(draft: Draft, fate: Fate, now: Moment, opening: Opening = ALWAYS) -> Promise:
    """The state of a promise on a day: of those that fit, the first in the order of the design."""
    due, moves = _term(draft, fate, opening)
    done, last = finished(sorted(fate.kept, key=lambda k: in_order(k.at)), draft.pieces)
    if last and draft.worthless_late and due and is_late(last.at, due.by):
        done, last = 0, None
    broken = fate.broken or _worthless(draft, due)
    state, ended = _state(draft, fate, due, last, broken, now)
    kept = last if state in {"kept", "kept_late"} else None
    return Promise(
        draft=draft,
        state=state,
        due=due,
        moves=len(moves),
        moves_by_shop=sum(moves),
        attempts=len(fate.attempts),
        kept_pieces=done,
        kept=kept,
        ended=ended,
        apologised=fate.apologised,
        person=(kept.person if kept else "") or fate.person or draft.person,
    )


def _term(draft: Draft, fate: Fate, opening: Opening) -> tuple[Term | None, list[bool]]:
    """The term in force, and for each move that led there whether the shop asked for it.

    A vain attempt in time moves a planned call to the next try; one that was late already mends nothing.
    """
    due, moves = _held_up(draft.term, fate.held_up), []
    for move in sorted(fate.moves, key=lambda move: move.asked):
        due = move.term
        moves.append(move.by_shop)
    retry = draft.plan.retry if draft.plan else None
    if retry and not (draft.plan and draft.plan.ahead):
        for attempt in fate.attempts[: retry.attempts - 1]:
            if due and not is_late(attempt.at, due.by):
                again = opening.put_off(retry.again.after(attempt.at))
                due = Term(again, again) if is_late(again, due.by) else due
    return due, moves


def _held_up(term: Term | None, days: int) -> Term | None:
    return Term(shifted(term.by, timedelta(days=days)), term.from_) if term else None


def _worthless(draft: Draft, due: Term | None) -> Event | None:
    """A promise that is worthless late is broken the day after it was due, once that day has come."""
    if draft.worthless_late and due:
        return Event(days_after(day_of(due.by), 1), draft.record, _("late is worthless"))
    return None


def _state(
    draft: Draft, fate: Fate, due: Term | None, last: Keeping | None, broken: Event | None, now: Moment
) -> tuple[State, Event | None]:
    kept = last.at if last else None
    settled = [at for at in (kept, broken.at if broken else None) if at is not None]
    for state, event in (("void", fate.void), ("released", fate.released)):
        if event and all(is_late(at, event.at) for at in settled):
            return ("void" if state == "void" else "released"), event
    if kept is not None:
        return ("kept_late" if due and is_late(kept, due.by) else "kept"), None
    if fate.unwanted:
        return "void", fate.unwanted
    if broken and (fate.broken or (due and is_late(now, due.by))):
        return "broken", broken
    if due is None:
        return "waiting", None
    if is_late(now, due.by):
        return "overdue", None
    return ("due" if day_of(due.from_ or due.by) <= day_of(now) else "waiting"), None
