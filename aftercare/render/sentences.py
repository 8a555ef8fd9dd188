"""Facts in whole sentences: the story of a promise, of a unit, of a customer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aftercare import language
from aftercare.answers.amends import Spent
from aftercare.answers.finding import describe
from aftercare.answers.happened import Entry
from aftercare.answers.standing import Standing
from aftercare.answers.stock import figure
from aftercare.book.shelf import Shelf
from aftercare.language import N_, _, plural, word
from aftercare.plain import money
from aftercare.plain.moments import Moment, iso, parse
from aftercare.plain.text import printable
from aftercare.plain.words import echo
from aftercare.records.words import SPOKEN
from aftercare.render.promises import binding, kind_name, state_name
from aftercare.render.rows import Row


def promise_story(row: Row, shelf: Shelf) -> Iterator[str]:
    """How a promise was made, moved, and kept or not, each in a sentence."""
    who = " ".join(filter(None, (row["name"] or _("the shop"), row["phone"])))
    yield printable(
        _("{kind} for {who}: {state}").format(kind=kind_name(row["what"]), who=who, state=state_name(row["state"]))
    )
    if row["words"]:
        is_thanks = row["what"] == "thanks" and row["line"]
        sentence = _("for having brought {words}") if is_thanks else _("in the words: {words}")
        yield printable(sentence.format(words=row["words"]))
    yield from _subject(row, shelf)
    made = _("made on {when} by {record}, {binds}")
    yield made.format(when=_when(row["made_on"]), record=row["record"], binds=binding(row["binds"]))
    if row["line"]:
        by = _("by the benefit {line}") if row["what"] == "benefit" else _("by the plan {line}")
        yield by.format(line=row["line"])
    if row["first_due"]:
        yield _("first due {when}").format(when=_when(row["first_due"]))
    if row["moves"]:
        count = row["moves"]
        yield plural("moved once, to {when}", "moved {count} times, last to {when}", count).format(
            count=count, when=_when(row["due"])
        )
    if row["moves_by_shop"]:
        count = row["moves_by_shop"]
        yield plural("one move was asked for by us", "{count} moves were asked for by us", count).format(count=count)
    if row["kept_of"]:
        yield _("{done} pieces done").format(done=row["kept_of"])
    if row["attempts"]:
        count = row["attempts"]
        yield plural("tried once in vain", "tried {count} times in vain", count).format(count=count)
    yield from _end(row, shelf)
    yield from _for_the_call(row)


def _for_the_call(row: Row) -> Iterator[str]:
    """What the customer said last time, and what to ask now."""
    if row["last_heard"] and row["what"] in SPOKEN:
        said = _("last time, {when}: {words}")
        yield printable(said.format(when=_when(row["last_heard_on"]), words=row["last_heard"]))
    for question in row["asks"] if row["keep_with"] else ():
        said = _("to be asked: {text} ({id})")
        yield printable(said.format(id=question["id"], text=question[language.current()]))


def _subject(row: Row, shelf: Shelf) -> Iterator[str]:
    """The benefit and the goods that a promise is about, and the part that they wait for."""
    if row["benefit"]:
        yield printable(_("the benefit is {title}").format(title=row["benefit"][language.current()]))
    if row["product"]:
        yield printable(_("about {product}").format(product=row["product"]))
    if row["part"]:
        said = _("the gift is {part}") if row["what"] == "gift" else _("the part is {part}")
        yield printable(said.format(part=describe(shelf, row["part"])))


def _end(row: Row, shelf: Shelf) -> Iterator[str]:
    if row["kept_on"]:
        sentence = (
            _("kept late on {when} by {record}") if row["state"] == "kept_late" else _("kept on {when} by {record}")
        )
        yield printable(sentence.format(when=_when(row["kept_on"]), record=describe(shelf, row["kept_by"])))
    if row["ended_on"]:
        sentence = _("{state} on {when} by {record}: {reason}")
        yield printable(
            sentence.format(
                state=state_name(row["state"]),
                when=_when(row["ended_on"]),
                record=row["ended_by"],
                reason=row["reason"] or _("no reason given"),
            )
        )
    yield from _amends(row, shelf)


def _amends(row: Row, shelf: Shelf) -> Iterator[str]:
    """The apology, and what was given to make good, or is still to come."""
    if not row["apologised_on"]:
        return
    when = _when(row["apologised_on"])
    said = _("we apologised on {when}: {how}") if row["apology"] else _("we apologised on {when}")
    yield printable(said.format(when=when, how=row["apology"]))
    if row["remedy"]:
        gift = " ".join(filter(None, (row["remedy"], row["remedy_cost"])))
        yield printable(_("to make good: {remedy}").format(remedy=gift))
    if row["remedy_in"]:
        yield printable(_("the remedy is promised by {promise}").format(promise=describe(shelf, row["remedy_in"])))


def _when(text: str | None) -> str:
    return echo(parse(text)) if text else _("not yet")


_WHAT = {
    "sold": N_("sold: {text}"),
    "left": N_("left the shop"),
    "vain": N_("came in vain: {text}"),
    "delivered": N_("delivered, signed by {text}"),
    "installed": N_("installed, signed by {text}"),
    "installed_again": N_("put up again, signed by {text}"),
    "moved": N_("moved to {text}"),
    "reported": N_("fault reported: {text}"),
    "asked": N_("asked for, nothing being wrong: {text}"),
    "in_repair": N_("taken in for repair: {text}"),
    "waits": N_("the repair waits: {text}"),
    "goes_on": N_("the repair goes on: {text}"),
    "repaired": N_("handed back: {text}"),
    "decided": N_("decided: {text}"),
    "refused": N_("refused: {text}"),
    "returned": N_("came back: {text}"),
    "replaced": N_("another one handed over: {text}"),
    "refunded": N_("paid back: {text}"),
    "lent": N_("lent meanwhile: {text}"),
    "lent_back": N_("the loan came back: {text}"),
    "part_came": N_("the part came: {text}"),
    "part_used": N_("part used: {text}"),
    "closed": N_("claim closed: {text}"),
    "given": N_("given as published: {text}"),
    "paid_back": N_("paid back what was charged above the published price: {text}"),
    "contact": N_("{text}"),
    "wished": N_("wished: {text}"),
    "wish_passed_on": N_("wish passed on: {text}"),
    "wish_answered": N_("answer to the wish: {text}"),
    "wish_told": N_("told what came of the wish: {text}"),
    "wish_realised": N_("the wish came true: {text}"),
    "wish_withdrawn": N_("wish taken back: {text}"),
    "promised": N_("promised: {text}"),
    "kept": N_("promise kept: {text}"),
    "cancelled": N_("called off: {text}"),
    "retired": N_("out of use: {text}"),
    "left_us": N_("customer no longer: {text}"),
    "forgotten": N_("forgotten: {text}"),
    "released": N_("promise released: {text}"),
    "broken": N_("promise broken: {text}"),
    "apologised": N_("apologised: {text}"),
    "known": N_("file begun: {text}"),
    "member": N_("member: {text}"),
    "brought": N_("brought: {text}"),
    "brought_in_vain": N_("the sale to one who was brought came to nothing: {text}"),
    "taken_back": N_("taken back with the sale: {text}"),
    "beyond": N_("beyond what was promised: {text}"),
    "complained": N_("complaint: {text}"),
    "acknowledged": N_("told that the complaint has come in: {text}"),
    "asked_for": N_("asked for: {text}"),
    "was_given": N_("given to us: {text}"),
    "handed_over": N_("complaint handed over: {text}"),
    "to_be_passed_on": N_("promised to pass it on: {text}"),
    "passed_on": N_("passed on: {text}"),
    "answered_outside": N_("answer from outside: {text}"),
    "looked_into": N_("looked into: {text}"),
    "answered": N_("complaint answered: {text}"),
    "answer_refused": N_("complaint refused: {text}"),
    "resolved": N_("complaint resolved: {text}"),
    "content": N_("the customer is content: {text}"),
    "not_content": N_("the customer is not content: {text}"),
    "reopened": N_("complaint came back: {text}"),
    "withdrawn": N_("complaint taken back: {text}"),
    "invited": N_("invited: {text}"),
    "accepted": N_("will come: {text}"),
    "declined": N_("declined the invitation: {text}"),
    "attended": N_("was there: {text}"),
    "heard": N_("said there: {text}"),
    "event_off": N_("event called off: {text}"),
    "taught": N_("answered by training: {text}"),
    "made_safe": N_("made safe: {text}"),
    "told_maker": N_("maker told: {text}"),
    "enquired": N_("asked before buying: {text}"),
    "enquiry_answered": N_("enquiry answered: {text}"),
    "material_asked": N_("material asked for: {text}"),
    "material_sent": N_("material sent: {text}"),
    "appointed": N_("appointment made: {text}"),
    "met": N_("met by appointment: {text}"),
    "appointment_off": N_("appointment called off: {text}"),
    "led_to_sale": N_("bought after asking: {text}"),
    "enquiry_closed": N_("enquiry closed: {text}"),
    "points_earned": N_("points earned: {text}"),
    "points_given": N_("points given: {text}"),
    "points_drawn": N_("points drawn: {text}"),
    "points_returned": N_("points put back: {text}"),
    "points_taken_back": N_("points taken back: {text}"),
    "points_set_off": N_("points set off against what was short: {text}"),
    "points_expired": N_("points expired: {text}"),
    "gift_handed_over": N_("handed over for points: {text}"),
}


_BARE = {
    "known": N_("file begun"),
    "goes_on": N_("the repair goes on"),
    "replaced": N_("another one handed over"),
    "closed": N_("claim closed"),
    "acknowledged": N_("told that the complaint has come in"),
    "handed_over": N_("complaint handed over"),
    "looked_into": N_("looked into"),
    "resolved": N_("complaint resolved"),
    "content": N_("the customer is content"),
    "not_content": N_("the customer is not content"),
    "reopened": N_("complaint came back"),
    "withdrawn": N_("complaint taken back"),
    "made_safe": N_("made safe"),
    "wish_told": N_("told what came of the wish"),
    "wish_realised": N_("the wish came true"),
    "wish_withdrawn": N_("wish taken back"),
    "told_maker": N_("maker told"),
    "enquiry_answered": N_("enquiry answered"),
    "met": N_("met by appointment"),
    "appointment_off": N_("appointment called off"),
    "enquiry_closed": N_("enquiry closed"),
    "returned": N_("the goods came back"),
    "retired": N_("out of use"),
}
"""What is said of those of which no more needs to be noted, where no more was."""


def timeline(entries: Sequence[Entry], shelf: Shelf) -> Iterator[str]:
    """One line for each thing that happened: when, what, about what, by whom, in which record."""
    for entry in entries:
        is_bare = entry.what in _BARE and not (entry.text or entry.words)
        what = _(_BARE[entry.what]) if is_bare else _(_WHAT[entry.what]).format(text=_text(entry))
        person = _(" ({person})").format(person=describe(shelf, entry.person).partition(" ")[2]) if entry.person else ""
        what = _(", ").join(filter(None, (what, entry.note)))
        about = "".join(f" {subject}" for subject in entry.about.split() if subject != entry.record)
        yield printable(f"{_stamp(entry.at)} {what}{about}{person} {entry.record}")


def _text(entry: Entry) -> str:
    words = [word(code) for code in entry.words]
    words += [_("{question}: {answer}").format(question=word(key), answer=text) for key, text in entry.answers]
    said = [entry.text, *words] if entry.what == "moved" else [*words, entry.text]
    return _(", ").join(filter(None, said)) or _("nothing more was noted")


def _stamp(at: Moment) -> str:
    return iso(at).replace("T", " ")


_MONTHS_ALONE = 24


def standing(found: Standing, shelf: Shelf) -> Iterator[str]:
    """A unit at a glance: what it is, whose, and what became of it."""
    yield printable(_("{unit}: {goods}").format(unit=found.unit, goods=describe(shelf, found.unit).partition(" ")[2]))
    yield from _serials(found.serials)
    counts = [
        _age(found.months),
        plural("{count} fault", "{count} faults", found.faults).format(count=found.faults),
        plural("{count} repair", "{count} repairs", found.repairs).format(count=found.repairs),
        *_parts(found),
        *_exchanged(found),
        plural("{count} installation", "{count} installations", found.installations).format(count=found.installations),
        *complained(found.complaints, found.reopened),
    ]
    yield _(", ").join(counts)
    contacts = plural("{count} contact", "{count} contacts", found.contacts).format(count=found.contacts)
    if found.last_contact:
        last = iso(found.last_contact)[:10]
        contacts = plural("{contacts}, on {day}", "{contacts}, the last on {day}", found.contacts).format(
            contacts=contacts, day=last
        )
    yield _(", ").join([*_charged(found), contacts])


def _age(months: int) -> str:
    """How long it has been in use: in months for the first two years."""
    if months < _MONTHS_ALONE:
        return plural("{count} month in use", "{count} months in use", months).format(count=months)
    years, rest = divmod(months, 12)
    if not rest:
        return plural("{count} year in use", "{count} years in use", years).format(count=years)
    sentence = plural("{years} years {count} month in use", "{years} years {count} months in use", rest)
    return sentence.format(years=years, count=rest)


def _charged(found: Standing) -> Iterator[str]:
    """What the customer paid: for work and for parts apart, where the ledger of parts says so."""
    if not found.charged:
        yield _("never charged")
    elif not found.parts_charged:
        yield _("charged {amount} in all").format(amount=found.charged)
    else:
        yield _("labour {amount}").format(amount=found.labour) if found.labour else _("labour never charged")
        parts = _("parts {amount} (at cost)") if found.parts_at_cost else _("parts {amount}")
        yield parts.format(amount=found.parts_charged)


def given_to_make_good(found: Spent) -> Iterator[str]:
    """What was given beside our apologies, and what that cost in all; nothing where nothing was."""
    if found.remedies:
        said = plural("given to make good: {count} remedy", "given to make good: {count} remedies", found.remedies)
        costs = _(", ").join(map(money.plain, found.costs))
        sentence = _("{said}, {costs} in all") if costs else "{said}"
        yield sentence.format(said=said.format(count=found.remedies), costs=costs)


def _serials(serials: Sequence[str]) -> Iterator[str]:
    """The number of the thing in use, and those of the things it came after."""
    if not serials:
        return
    now, *before = serials
    sentence = _("serial number {serial}, before the exchange {before}") if before else _("serial number {serial}")
    yield printable(sentence.format(serial=now, before=_(", ").join(before)))


def complained(complaints: int, reopened: int) -> Iterator[str]:
    """How many complaints there were, and how often one came back; nothing where there were none."""
    if complaints:
        yield plural("{count} complaint", "{count} complaints", complaints).format(count=complaints)
    if reopened:
        yield plural("reopened once", "reopened {count} times", reopened).format(count=reopened)


def _parts(found: Standing) -> Iterator[str]:
    if found.parts:
        yield plural("{count} part used", "{count} parts used", 1 if found.parts == 1 else 2).format(
            count=figure(found.parts)
        )


def _exchanged(found: Standing) -> Iterator[str]:
    if found.exchanges:
        yield plural("{count} exchange", "{count} exchanges", found.exchanges).format(count=found.exchanges)
    if found.refunded:
        yield _("paid back on {when}").format(when=iso(found.refunded)[:10])
    if found.retired:
        yield _("out of use since {when}").format(when=iso(found.retired)[:10])
