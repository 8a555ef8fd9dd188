"""What a contact was about and what was said in it, and what the next one should know of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from aftercare.answers import at_home, hosting
from aftercare.answers.affairs import Affairs
from aftercare.answers.promises import LEFT, Draft
from aftercare.answers.rounds import ways
from aftercare.answers.rules import Rules
from aftercare.plain.moments import Moment, in_order
from aftercare.records.complaint import Complaint
from aftercare.records.visit import Visit


def is_to_be_answered(visit: Visit) -> bool:
    """Whether a contact left a question open: without an answer, or with one that did not solve it.

    A question that nobody wrote down is none: there would be nothing to answer.
    """
    if visit.outcome != "reached" or not visit.question:
        return False
    return visit.solved in {"no", "handed_on"} or (visit.solved is None and not visit.advice)


def is_unanswered(complaint: Complaint) -> bool:
    """Whether a complaint waits for its answer: none was given since it came in, or since it came back."""
    way = ways(complaint)[-1]
    return way.withdrawn is None and way.answered is None


def is_left(draft: Draft) -> bool:
    """Whether a contact left it to be done: a question, a call that nobody took, what was not understood."""
    return draft.plan is not None and draft.plan.after in LEFT


def is_missed_call(draft: Draft) -> bool:
    """Whether it is owed for a call that nobody of ours took."""
    return draft.plan is not None and draft.plan.after == "missed_call"


def is_to_be_sent(draft: Draft) -> bool:
    """Whether it is material that somebody asked for before they buy: word about it does not send it."""
    wanted = draft.plan is not None and draft.plan.after == "material_wanted"
    return wanted or (draft.plan is None and draft.id.rpartition("/")[2].startswith("send-material."))


def fits(visit: Visit, draft: Draft, kind: str) -> bool:
    """Whether a contact keeps a promise that it does not name; *kind* is what contacts of its purpose keep.

    A question is answered once it is solved; a call that nobody took by a word of advice, or by the customer's coming
    or calling again.
    """
    if is_to_be_sent(draft):
        return False
    if not is_left(draft):
        return draft.what == kind
    if (in_order(visit.at), visit.id) <= (in_order(draft.made_on), draft.record):
        return False
    if is_missed_call(draft):
        return draft.what == kind or visit.came_to_us
    return draft.what == kind and (draft.what != "answer" or visit.solved == "yes")


class Said(NamedTuple):
    """What a customer asked and said in one contact, or at an event, in words; ``units`` is what it was about."""

    at: Moment
    visit: str
    units: frozenset[str]
    words: list[str]


def spoken(affairs: Affairs, rules: Rules) -> list[Said]:
    """The contacts, and the events of the shop, in which something was asked or heard, the earliest first."""
    promised = {promise.id for promise in affairs.promises}
    found = [
        Said(visit.at, visit.id, frozenset(at_home.units_of(affairs, visit, rules)), words)
        for visit in affairs.visits
        if (visit.heard or visit.question) and (words := _words(affairs, visit))
    ]
    for event, guest, __ in hosting.invitations(affairs):
        found += [
            Said(heard.at, event.id, frozenset(), [_in_words(affairs, heard.what)])
            for heard in guest.heard
            if heard.what not in promised
        ]
    return sorted(found, key=lambda said: (in_order(said.at), said.visit))


def last_time(spoken: Sequence[Said], about: Sequence[str], *, but: str = "") -> Said | None:
    """What was said last about these units, or in general; where nothing was, what was said last about anything.

    *but* is a contact that is known already.
    """
    others = [said for said in spoken if said.visit != but]
    near = [said for said in others if not said.units or said.units.intersection(about)]
    return next(reversed(near or others), None)


def _words(affairs: Affairs, visit: Visit) -> list[str]:
    """What the customer asked and said; what we promised meanwhile is not said by the customer."""
    promised = {promise.id for promise in affairs.promises}
    heard = [_in_words(affairs, text) for text in visit.heard if text not in promised]
    return [visit.question, *heard] if visit.question else heard


def _in_words(affairs: Affairs, heard: str) -> str:
    """What was heard, in words: what became a record by what that says, with its id behind it."""
    said = {wish.id: wish.words for wish in affairs.wishes}
    said |= {complaint.id: complaint.what for complaint in affairs.complaints}
    return f"{said[heard]} ({heard})" if heard in said else heard
