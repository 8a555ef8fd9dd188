"""``promise apologise``: we apologised, and what we gave, or will give, to make good."""

from __future__ import annotations

from typing import Any

from aftercare.answers.affairs import HOUSE
from aftercare.answers.breaches.finding import Breach
from aftercare.answers.ledger import Ledger
from aftercare.answers.owed import named
from aftercare.answers.promises import Promise
from aftercare.answers.states import REGRETTABLE
from aftercare.book.pen import Pen
from aftercare.commands import accept, deeds, facts
from aftercare.commands.claims import refuse_before
from aftercare.commands.facts import AT
from aftercare.commands.flags import Reader
from aftercare.commands.generic import JSON
from aftercare.commands.promises import add_fact, record_about, records_about
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, verb
from aftercare.errors import Contradicts, Missing, NothingToRegret
from aftercare.language import N_, _
from aftercare.plain.moments import day_of, parse
from aftercare.plain.splicing import Edit, Set
from aftercare.plain.tree import Tree
from aftercare.records.promise import Apology
from aftercare.records.promise import Promise as PromiseRecord

REMEDY = (
    option("--remedy", metavar="S", text=N_("what is given to make good")),
    option("--cost", metavar="M", text=N_("what the remedy costs the shop")),
    option("--remedy-by", metavar="T", text=N_("the remedy is still to come, by then: it becomes a promise")),
)


@verb(
    "apologise",
    N_("We apologised for a promise kept late or broken, or for a breach of service, and what we gave to make good."),
    argument("ref", metavar="PROMISE|BREACH"),
    option("--how", metavar="S", text=N_("how, and what was given to make good")),
    option("--by", metavar="REF", text=N_("who of the shop did")),
    *REMEDY,
    AT,
    JSON,
    example="aftercare promise apologise SA26-0012/1/deliver --how 电话致歉 --remedy 滤网一套 --cost 35",
)
def apologise(session: Session, ref: str, fmt: str, **asked: Any) -> None:
    """We apologised: for a promise, or for a breach of service."""
    for flag in ("cost", "remedy_by"):
        if asked[flag] and not asked["remedy"]:
            raise Missing(["--remedy"])

    def of_promise(reader: Reader, promise: Promise, ledger: Ledger) -> list[Edit]:
        del reader, ledger
        if promise.state not in REGRETTABLE:
            raise NothingToRegret(promise.id)
        return []

    def beside(pen: Pen, reader: Reader, promise: Promise) -> list[Edit]:
        record, draft = record_about(pen, promise), promise.draft
        subjects = [draft.subject, *draft.about] if draft.id == draft.record else [named(draft.subject)]
        return _said(session, pen, reader, asked, draft.to, subjects, record)

    def of_breach(pen: Pen, reader: Reader, breach: Breach) -> list[Edit]:
        about = {breach.promise, breach.id} - {""}
        record = next((one for one in records_about(pen.shelf, *about) if {one.of, one.id} & about), None)
        return _said(session, pen, reader, asked, breach.to, [_subject(breach)], record)

    if accept.meant(ref):
        accept.settle(session, ref, "promise apologise", of_breach, fmt, own_promise=True)
        return
    pen, promise = add_fact(session, ref.removesuffix("/apology"), "apologise", fmt, of_promise, beside)
    if fmt != "json":
        accept.say_settled(session, pen, promise.draft.to)


def _subject(breach: Breach) -> str:
    """What a breach is about, as a record can name it: a unit, or the record that stands at its head."""
    head, line, *__ = breach.id.split("/")
    return f"{head}/{line}" if line.isdigit() and head.startswith("SA") else head


def _said(
    session: Session,
    pen: Pen,
    reader: Reader,
    asked: dict[str, Any],
    to: str,
    subjects: list[str],
    before: PromiseRecord | None,
) -> list[Edit]:
    """The apology as it stands in the file; a remedy that is still to come has become a promise of its own."""
    said: dict[str, Tree] = {"at": facts.at(session, reader, asked["at"])}
    if asked["by"]:
        said["by"] = reader.resolve(asked["by"], ("staff",))
    if asked["how"]:
        said["how"] = asked["how"]
    if not asked["remedy"]:
        # To apologise once more takes nothing back of what was promised with the words before.
        return [Set(("apologised",), said | _still(before.apologised if before else None))]
    said["remedy"] = asked["remedy"]
    if asked["cost"]:
        said["cost"] = reader.amount("--cost", asked["cost"])
    if asked["remedy_by"]:
        said["remedy_in"] = _promised(pen, reader, asked, to, subjects, said)
    return [Set(("apologised",), said)]


def _still(earlier: Apology | None) -> dict[str, Tree]:
    kept = earlier.model_dump(mode="json", by_alias=True, include={"remedy", "cost", "remedy_in"}) if earlier else {}
    return {name: value for name, value in kept.items() if value is not None}


def _promised(
    pen: Pen, reader: Reader, asked: dict[str, Any], to: str, subjects: list[str], said: dict[str, Tree]
) -> str:
    """The remedy as a promise told to the customer; its id."""
    if to == HOUSE:
        raise Contradicts(_("this is owed to nobody in particular: a remedy can only be given at once"))
    at, due = str(said["at"]), reader.date("--remedy-by", asked["remedy_by"])
    refuse_before(due, parse(at), _("{when} is before the apology ({began})"))
    tree: dict[str, Tree] = {"to": to, "what": "compensate", "words": asked["remedy"]}
    if about := list(dict.fromkeys(subject for subject in subjects if subject != to)):
        tree["about"] = list[Tree](about)
    tree |= {"due": due, "binds": "told", "made_on": day_of(parse(at)).isoformat()}
    if "by" in said:
        tree["person"] = said["by"]
    with deeds.typed_in("promise"):
        return pen.add("promise", tree).id
