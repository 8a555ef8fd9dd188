"""What an enquiry promises before anything is sold, and what its own record says became of that.

An answer, material that was asked for, an appointment; and where nothing came of it a word later on.  Once it led to a
sale, or the customer wishes to hear no more of it, an enquiry promises nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aftercare.answers import works
from aftercare.answers.affairs import Affairs
from aftercare.answers.occasions import Occasion
from aftercare.answers.promises import Draft, Event, Fate, Keeping, Term
from aftercare.language import _
from aftercare.plain.moments import Moment, in_order, is_late
from aftercare.plain.tree import Path
from aftercare.records.enquiry import Appointment, Enquiry, Material
from aftercare.records.sale import Sale
from aftercare.records.visit import Visit

SPEAKS_OF_IT = frozenset({"advice", "consultation"})
"""The purposes of contacts about an enquiry that leave the customer advised."""


def is_to_be_answered(enquiry: Enquiry) -> bool:
    """Whether the answer was left open: nothing was said at once, and nothing arranged that is the answer.

    Who was told to hear from us by a day waits for it, whatever was said meanwhile.
    """
    if enquiry.call_by is not None:
        return True
    arranged = [*(one.asked_at for one in enquiry.material), *(one.made_at for one in enquiry.appointments)]
    return not enquiry.advice and all(is_late(at, enquiry.at) for at in arranged)


def occasions_of(enquiry: Enquiry, visits: Sequence[Visit]) -> Iterator[Occasion]:
    """The question that waits for its answer, each piece of material, and that the customer was advised.

    What was told with a day of its own is no plan of ours, so it is no occasion for one.
    """
    of, at = enquiry.id, enquiry.at
    if is_to_be_answered(enquiry) and enquiry.call_by is None:
        yield Occasion("enquired", of, of, at, at, person=enquiry.by or "")
    for number, wanted in enumerate(enquiry.material, start=1):
        if wanted.send_by is None:
            yield Occasion("material_wanted", of, of, wanted.asked_at, wanted.asked_at, number, words=wanted.what)
    yield Occasion("consulted", of, of, advised(enquiry, visits), at, person=enquiry.by or "")


def advised(enquiry: Enquiry, visits: Sequence[Visit] = ()) -> Moment | None:
    """Since when the customer has what there is to say; None while an answer or an appointment is still to come."""
    spoken = [visit for visit in visits if visit.outcome == "reached" and _is_about(visit, enquiry)]
    met = []
    for number, meeting in enumerate(enquiry.appointments, start=1):
        at = meeting.met_at or _met_in(spoken, enquiry, f"{enquiry.id}/appointment.{number}")
        if at is None and meeting.cancelled is None:
            return None
        met += [at] if at is not None else []
    said = [enquiry.at] if enquiry.advice else []
    said += [one.at for one in enquiry.answered]
    said += [one.sent_at for one in enquiry.material if one.sent_at is not None]
    first = min([*said, *met, *(visit.at for visit in spoken)], key=in_order, default=None)
    return max([first, *met], key=in_order) if first is not None else None


def _is_about(visit: Visit, enquiry: Enquiry) -> bool:
    """Whether a contact advised the customer: it keeps something of the enquiry, or is about it."""
    kept = any(_without_follow_up(named, enquiry) for named in visit.keeps)
    return kept or (enquiry.id in visit.about and visit.purpose in SPEAKS_OF_IT)


def _without_follow_up(promise: str, enquiry: Enquiry) -> bool:
    head, __, step = promise.partition("/")
    return head == enquiry.id and step.startswith(("answer.", "send-material.", "appointment."))


def _met_in(visits: Sequence[Visit], enquiry: Enquiry, promise: str) -> Moment | None:
    """When the customer was met by a contact that says it was for this appointment, or that it was a consultation."""
    kept = [one.at for one in visits if promise in one.keeps]
    kept += [one.at for one in visits if not one.keeps and one.purpose == "consultation" and enquiry.id in one.about]
    return min(kept, key=in_order, default=None)


def told(enquiry: Enquiry) -> Iterator[Draft]:
    """What the customer has our word for: an answer and material by a day that was named, every appointment."""
    if enquiry.call_by is not None:
        yield _told(enquiry, "answer", "answer.1", enquiry.at, Term(enquiry.call_by), enquiry.by, enquiry.question)
    for number, wanted in enumerate(enquiry.material, start=1):
        if wanted.send_by is not None:
            step, term = f"send-material.{number}", Term(wanted.send_by)
            yield _told(enquiry, "information", step, wanted.asked_at, term, None, wanted.what)
    for number, meeting in enumerate(enquiry.appointments, start=1):
        step, term = f"appointment.{number}", Term(meeting.by, meeting.from_)
        yield _told(enquiry, "appointment", step, meeting.made_at, term, meeting.person, enquiry.question)


def _told(enquiry: Enquiry, what: str, step: str, on: Moment, term: Term, person: str | None, words: str) -> Draft:
    return Draft(
        id=f"{enquiry.id}/{step}",
        what=what,
        subject=enquiry.id,
        to=enquiry.customer,
        binds="told",
        record=enquiry.id,
        made_on=on,
        term=term,
        about=tuple(enquiry.about),
        person=person or "",
        words=words,
    )


def settle(enquiry: Enquiry, affairs: Affairs, draft: Draft, fate: Fate) -> None:
    """Note what keeps, moves or ends a promise that was made in the course of an enquiry."""
    number = int(draft.id.rpartition(".")[2])
    ends = [_over(enquiry)]
    match draft.plan.after if draft.plan else "told", draft.what:
        case (("enquired" | "told"), "answer"):
            fate.kept.extend(_answers(enquiry))
        case (("material_wanted" | "told"), "information"):
            fate.kept.extend(_sent(enquiry.id, enquiry.material[number - 1]))
        case "told", "appointment":
            ends.append(_meeting(enquiry.id, enquiry.appointments[number - 1], fate))
        case "consulted", _:
            ends += [_bought_without_a_word(enquiry, affairs.sales), _asked_again(enquiry, affairs.enquiries)]
        case _:
            pass
    fate.void = min(filter(None, ends), key=lambda event: in_order(event.at), default=None)


def _over(enquiry: Enquiry) -> Event | None:
    """It led to a sale, or the customer wishes to hear no more of it."""
    ends = []
    if enquiry.bought:
        ends.append(Event(enquiry.bought.on, enquiry.id, _("it led to {sale}").format(sale=enquiry.bought.sale)))
    if enquiry.closed:
        reason = enquiry.closed.reason or _("the enquiry was closed")
        ends.append(Event(enquiry.closed.on, enquiry.id, reason))
    return min(ends, key=lambda event: in_order(event.at), default=None)


def _answers(enquiry: Enquiry) -> Iterator[Keeping]:
    """An answer is given by word, or face to face at an appointment."""
    for one in enquiry.answered:
        yield Keeping(one.at, enquiry.id, person=one.by or "")
    for meeting in enquiry.appointments:
        yield from _met(enquiry.id, meeting)


def _sent(record: str, wanted: Material) -> Iterator[Keeping]:
    if wanted.sent_at is not None:
        yield Keeping(wanted.sent_at, record, person=wanted.by or "")


def _met(record: str, meeting: Appointment) -> Iterator[Keeping]:
    if meeting.met_at is not None:
        yield Keeping(meeting.met_at, record, person=meeting.met_by or meeting.person or "")


def _meeting(record: str, meeting: Appointment, fate: Fate) -> Event | None:
    fate.kept.extend(_met(record, meeting))
    fate.moves.extend(works.by_consent(meeting.moved))
    off = meeting.cancelled
    return Event(off.on, record, off.reason or _("the appointment was called off")) if off else None


def _bought_without_a_word(enquiry: Enquiry, sales: Sequence[Sale]) -> Event | None:
    """The customer bought what was asked about, though nobody wrote down that the enquiry led to it."""
    wanted = {subject.partition("/")[0] for subject in enquiry.about}
    for sale in sorted(sales, key=lambda sale: in_order(sale.sold_on)):
        goods = {item.product for item in sale.items}
        if sale.cancelled is None and not is_late(enquiry.at, sale.sold_on) and wanted & goods:
            return Event(sale.sold_on, sale.id, _("the customer bought what was asked about"))
    return None


def _asked_again(enquiry: Enquiry, every: Sequence[Enquiry]) -> Event | None:
    """A later question takes the place of an earlier one, so that nobody is asked about each of several."""
    here = (in_order(enquiry.at), enquiry.id)
    later = min(
        ((in_order(one.at), one.id, one.at) for one in every if (in_order(one.at), one.id) > here), default=None
    )
    return Event(later[2], later[1], _("the customer asked again")) if later else None


def kept_with(enquiry: Enquiry, draft: Draft) -> list[str]:
    """The command that keeps a promise of an enquiry; none for what a contact keeps."""
    verb = ["enquiry"]
    match draft.plan.after if draft.plan else "told", draft.what:
        case (("enquired" | "told"), "answer"):
            return [*verb, "answer", enquiry.id, "--what", "…"]
        case (("material_wanted" | "told"), "information"):
            wanted = enquiry.material[int(draft.id.rpartition(".")[2]) - 1]
            return [*verb, "send", enquiry.id, "--what", wanted.what]
        case "told", "appointment":
            return [*verb, "met", enquiry.id]
        case _:
            return []


_PLACES = {"answer": ("answered", "call_by"), "information": ("sent_at", "send_by"), "appointment": ("met_at", "by")}


def place_of(draft: Draft, *, kept: bool) -> Path:
    """Where the record says when a promise was *kept*, or by when it was due."""
    names = _PLACES.get(draft.what)
    if names is None:
        return ()
    name = names[0] if kept else names[1]
    lists = {"information": "material", "appointment": "appointments"}
    if draft.what in lists:
        return (lists[draft.what], int(draft.id.rpartition(".")[2]) - 1, name)
    return (name,)
