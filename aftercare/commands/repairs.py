"""The stay in the workshop, ``claim repair REF in|wait|resume|out``: all but the first act on the one open repair."""

from __future__ import annotations

from typing import Any

from aftercare.answers import stock, supplies
from aftercare.answers.finding import describe
from aftercare.answers.ids_of_now import claims_by_any_id
from aftercare.answers.repeats import repeated
from aftercare.commands.claims import REF, Desk, change, read, refuse_before, spoken
from aftercare.commands.facts import AT, BEYOND, kindnesses
from aftercare.commands.flags import choices_of
from aftercare.commands.generic import JSON
from aftercare.commands.session import Session
from aftercare.commands.verbs import Steps, option, step
from aftercare.errors import Contradicts
from aftercare.language import N_, _, plural
from aftercare.plain.moments import Moment, is_late, parse
from aftercare.plain.splicing import Append, Edit, Set
from aftercare.plain.tree import Tree
from aftercare.records.claim import Claim, Repair, Waiting
from aftercare.records.part import Part
from aftercare.render.output import say


def _open_repair(claim: Claim) -> tuple[int, Repair]:
    """The one repair under way, and its place."""
    for place, repair in enumerate(claim.repairs):
        if repair.out is None:
            return place, repair
    raise Contradicts(
        _("{claim} is not in repair").format(claim=claim.id), f"aftercare claim repair {claim.id} in --problem …"
    )


def _open_waiting(repair: Repair) -> tuple[int, Waiting] | None:
    return next(((place, one) for place, one in enumerate(repair.waiting) if one.to is None), None)


@step(
    "in",
    N_("It came into the workshop."),
    REF,
    AT,
    option("--problem", metavar="S", text=N_("what was found")),
    option("--by", metavar="REF", text=N_("who repairs it")),
    option("--same-as", metavar="CLAIM", text=N_("the earlier claim with the same fault")),
    JSON,
    example="aftercare claim repair CL26-0004 in --problem 不制冷 --by 李师傅",
)
def repair_in(
    session: Session, ref: str, at: str | None, problem: str | None, by: str | None, same_as: str | None, fmt: str
) -> None:
    """A repair begins; that the same fault came back is said."""

    def make(desk: Desk) -> list[Edit]:
        claim = desk.claim
        for repair in claim.repairs:
            if repair.out is None:
                raise Contradicts(
                    _("{claim} has been in repair since {when}").format(claim=claim.id, when=spoken(repair.in_)),
                    f"aftercare claim repair {claim.id} out --done … --result fixed",
                )
        edits = [Set(("fault", "same_as"), _earlier(desk, same_as))] if same_as else []
        came = desk.at(at)
        refuse_before(came, claim.reported_on, _("{when} is before it was reported ({began})"))
        stay: dict[str, Tree] = {"in": came, **desk.person(by), **({"problem": problem} if problem else {})}
        return [*edits, Append(("repairs",), stay)]

    def echoed(desk: Desk) -> list[Edit]:
        edits = make(desk)
        earlier = _earlier(desk, same_as) if same_as else None
        _say_repeated(desk, problem, earlier)
        return edits

    change(session, ref, "repair in", fmt, echoed)


def _earlier(desk: Desk, same_as: str) -> str:
    """The earlier claim that is meant, which must be about the same unit."""
    found = desk.reader.resolve(same_as, ("claim",))
    other = desk.shelf.get(found)
    if found == desk.claim.id or not isinstance(other, Claim) or other.unit != desk.claim.unit:
        raise Contradicts(
            _("--same-as: {other} is no other claim about {unit}").format(other=found, unit=desk.claim.unit)
        )
    return found


def _say_repeated(desk: Desk, problem: str | None, same_as: str | None) -> None:
    before = repeated(desk.claim, desk.shelf.of(Claim), problem, same_as)
    if before:
        last, record = before[-1]
        count = len(before)
        sentence = plural(
            "the same fault came back: repaired once before, handed back {when} ({record})",
            "the same fault came back: repaired {count} times before, last handed back {when} ({record})",
            count,
        )
        say(sentence.format(count=count, when=spoken(last.out or last.in_), record=record))


@step(
    "wait",
    N_("The repair waits."),
    REF,
    option("--for", "for_", required=True, metavar="PART", text=N_("for what: a part, or words for it")),
    option("--because", required=True, type=choices_of(Waiting, "because"), text=N_("why")),
    AT,
    JSON,
    example="aftercare claim repair CL26-0004 wait --for 压缩机 --because no_parts_from_producer",
)
def repair_wait(session: Session, ref: str, for_: str, because: str, at: str | None, fmt: str) -> None:
    """A repair waits from now on."""

    def make(desk: Desk) -> list[Edit]:
        place, repair = _open_repair(desk.claim)
        waiting = _open_waiting(repair)
        if waiting:
            raise Contradicts(
                _("{claim} has been waiting since {when}: {what}").format(
                    claim=desk.claim.id, when=spoken(waiting[1].from_), what=_thing(desk, waiting[1].for_ or "")
                ),
                f"aftercare claim repair {desk.claim.id} resume",
            )
        since = desk.at(at)
        refuse_before(since, repair.in_, _("{when} is before it came in ({began})"))
        values = read(desk.reader, Waiting, {"for": for_, "because": because})
        _say_free(desk, str(values["for"]))
        return [Append(("repairs", place, "waiting"), {"from": since, **values})]

    change(session, ref, "repair wait", fmt, make)


def _thing(desk: Desk, for_: str) -> str:
    return describe(desk.shelf, for_) if isinstance(desk.shelf.get(for_), Part) else for_


def _say_free(desk: Desk, for_: str) -> None:
    """Nobody needs to wait for what lies on the shelf."""
    part = desk.shelf.get(for_)
    if not isinstance(part, Part):
        return
    claims = claims_by_any_id(desk.shelf)
    free = supplies.level(part, claims, (), desk.session.now()).free
    if free:
        say(
            _("{stock} in stock that nobody waits for: {command}").format(
                stock=stock.figure(free), command=f"aftercare part use {part.id} --qty 1 --for {desk.claim.id}"
            )
        )


@step(
    "resume",
    N_("The repair goes on."),
    REF,
    AT,
    JSON,
    example="aftercare claim repair CL26-0004 resume",
)
def repair_resume(session: Session, ref: str, at: str | None, fmt: str) -> None:
    """A repair waits no more."""

    def make(desk: Desk) -> list[Edit]:
        place, repair = _open_repair(desk.claim)
        waiting = _open_waiting(repair)
        if waiting is None:
            raise Contradicts(
                _("the repair of {claim} does not wait").format(claim=desk.claim.id),
                f"aftercare claim repair {desk.claim.id} wait --for … --because no_parts",
            )
        return [_resumed(place, waiting, desk.at(at))]

    change(session, ref, "repair resume", fmt, make)


def _resumed(place: int, waiting: tuple[int, Waiting], at: str) -> Edit:
    number, one = waiting
    refuse_before(at, one.from_, _("{when} is before it began to wait ({began})"))
    return Set(("repairs", place, "waiting", number, "to"), at)


@step(
    "out",
    N_("It was handed back."),
    REF,
    option("--done", required=True, metavar="S", text=N_("what was done")),
    option("--result", required=True, type=choices_of(Repair, "result"), text=N_("with what result")),
    option("--diagnosed", metavar="T", text=N_("when the cause was found")),
    option("--repaired", metavar="T", text=N_("when the work was done")),
    option("--tested", metavar="T", text=N_("when it was tested")),
    option("--cause", metavar="S", text=N_("the cause")),
    option("--cost", metavar="M", text=N_("what the customer paid for it, parts and labour together")),
    option("--labour", metavar="M", text=N_("of it for labour")),
    BEYOND,
    AT,
    JSON,
    example="aftercare claim repair CL26-0004 out --done 换压缩机 --result fixed --cost 0",
)
def repair_out(session: Session, ref: str, beyond: tuple[str, ...], at: str | None, fmt: str, **more: Any) -> None:
    """A repair ends, and with it a waiting that is open."""

    def make(desk: Desk) -> list[Edit]:
        place, repair = _open_repair(desk.claim)
        out = desk.at(at)
        refuse_before(out, repair.in_, _("{when} is before it came in ({began})"))
        edits: list[Edit] = []
        waiting = _open_waiting(repair)
        if waiting:
            edits.append(_resumed(place, waiting, out))
        for name, value in read(desk.reader, Repair, more).items():
            if name in {"diagnosed", "repaired", "tested"}:
                _refuse_outside(f"--{name}", str(value), repair.in_, out)
            edits.append(Set(("repairs", place, name), value))
        return [*edits, *kindnesses(beyond, desk.reader, out), Set(("repairs", place, "out"), out)]

    change(session, ref, "repair out", fmt, make, closed=True)


def _refuse_outside(flag: str, at: str, first: Moment, last: str) -> None:
    if is_late(first, parse(at)) or is_late(parse(at), parse(last)):
        raise Contradicts(
            _("{flag}: {when} is not within the repair, from {first} to {last}").format(
                flag=flag, when=at.replace("T", " "), first=spoken(first), last=last.replace("T", " ")
            )
        )


repair = Steps(
    "repair",
    steps={"in": repair_in, "wait": repair_wait, "resume": repair_resume, "out": repair_out},
    ref="REF",
    help=N_("The stay in the workshop: in, wait, resume, out."),
    example="aftercare claim repair CL26-0004 in\naftercare claim repair CL26-0004 resume",
)
