"""The story of a complaint: what happened from its receipt to the customer's word."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from aftercare.answers.happened import Entry
from aftercare.answers.rounds import never, rounds, shared, ways
from aftercare.plain.moments import Moment
from aftercare.records.complaint import Complaint, PassedOn


def entries(complaint: Complaint) -> Iterator[Entry]:
    """Every step of a complaint, in no order."""
    about = " ".join([*complaint.about, complaint.id])

    def entry(at: Moment, what: str, text: str | None, by: str | None, *words: str) -> Entry:
        return Entry(at, what, complaint.id, about, text or "", words, by or "")

    danger = (complaint.incident.kind,) if complaint.incident else ()
    yield entry(complaint.received_at, "complained", complaint.what, complaint.by, *danger)
    told = shared(complaint.acknowledged, rounds(complaint), never)
    handed = shared(complaint.assigned, rounds(complaint), never)
    # Round by round: what happened at one moment is told in the order of the steps.
    for way in ways(complaint):
        if back := way.round.reopened:
            yield entry(back.at, "reopened", back.reason, back.by)
        for word in told[way.round.number]:
            yield entry(word.at, "acknowledged", word.how, word.by)
        for other in handed[way.round.number]:
            yield entry(other.at, "handed_over", other.reason, other.to)
        for answer in way.answers:
            yield entry(answer.at, "answer_refused" if answer.refused else "answered", answer.says, answer.by)
        for done in way.resolved:
            yield entry(done.at, "resolved", done.how, done.by)
        for said in way.confirmed:
            yield entry(said.at, "content" if said.satisfied else "not_content", said.said, said.by)
    if complaint.withdrawn:
        yield entry(complaint.withdrawn.on, "withdrawn", complaint.withdrawn.reason, None)
    yield from _looked_into(complaint, entry)


def _looked_into(complaint: Complaint, entry: Callable[..., Entry]) -> Iterator[Entry]:
    """What was asked for and passed on, what was found, and what was done about danger."""
    for asked in complaint.asked:
        yield entry(asked.at, "asked_for", asked.what, asked.by)
        if asked.got:
            yield entry(asked.got, "was_given", asked.what, None)
    for question in complaint.passed_on:
        for at, what, text in _of_question(question):
            yield entry(at, what, text, question.by)
    found, incident = complaint.findings, complaint.incident
    if found and found.on:
        yield entry(found.on, "looked_into", found.cause, None, *filter(None, [found.fault]))
    deeds = {"made_safe": incident.made_safe, "told_maker": incident.told_maker} if incident else {}
    for what, deed in deeds.items():
        if deed:
            yield entry(deed.at, what, deed.how, deed.by)


def _of_question(question: PassedOn) -> Iterator[tuple[Moment, str, str]]:
    asked = " ".join(filter(None, (question.to, question.what)))
    if question.promised and question.at is None:
        yield question.promised, "to_be_passed_on", asked
    if question.at:
        yield question.at, "passed_on", asked
    if question.answered:
        yield question.answered, "answered_outside", " ".join(filter(None, (question.to, question.answer)))
