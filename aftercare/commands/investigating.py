"""The own verbs of complaints by which they are looked into: what was found, asked for, and passed on to others."""

from __future__ import annotations

from typing import Any

from aftercare.commands.complaints import BY, REF, Desk, change
from aftercare.commands.facts import AT
from aftercare.commands.flags import choices_of
from aftercare.commands.generic import JSON
from aftercare.commands.session import Session
from aftercare.commands.verbs import option, verb
from aftercare.errors import Contradicts, Missing, UsageProblem
from aftercare.language import N_, _
from aftercare.plain.moments import spoken
from aftercare.plain.splicing import Append, Edit, Set
from aftercare.plain.text import fold
from aftercare.plain.tree import Tree
from aftercare.records.complaint import Findings, PassedOn


@verb(
    "investigate",
    N_("What the look into it found: the cause, whose fault, what mends it, what prevents it."),
    REF,
    option("--cause", metavar="S", text=N_("the cause")),
    option(
        "--at-fault",
        "fault",
        type=choices_of(Findings, "fault"),
        text=N_("the party at fault"),
    ),
    option("--whose-work", "person", metavar="REF", text=N_("the one of the shop whose work it was")),
    option("--corrective", metavar="S", text=N_("what mends it for this customer")),
    option("--preventive", metavar="S", text=N_("what keeps it from happening again")),
    AT,
    JSON,
    example="aftercare complaint investigate CO26-0001 --cause 排班漏单 --at-fault shop --preventive 每晚核对次日排班",
)
def investigate(session: Session, **asked: Any) -> None:
    """What was found takes the place of what was found before, part by part."""

    def make(desk: Desk) -> list[Edit]:
        parts = ("cause", "fault", "corrective", "preventive")
        found: dict[str, Tree] = {name: desk.asked[name] for name in parts if desk.asked[name]}
        found |= desk.person("person")
        if not found:
            raise Missing(["--cause / --at-fault / --whose-work / --corrective / --preventive"])
        whole: dict[str, Tree] = {"on": desk.at(), **found}
        if desk.complaint.findings is None:
            return [Set(("findings",), whole)]
        return [Set(("findings", name), value) for name, value in whole.items()]

    change(session, "investigate", make, **asked)


@verb(
    "ask",
    N_("The customer is asked for something: once, and only if it can change the answer."),
    REF,
    option("--what", required=True, metavar="S", text=N_("what was asked for")),
    option("--why", metavar="S", text=N_("which answer it can change")),
    option("--got", is_flag=True, text=N_("the customer gave it")),
    AT,
    BY,
    JSON,
    example="aftercare complaint ask CO26-0001 --what 发票照片 --why 决定是否在保\n"
    "aftercare complaint ask CO26-0001 --what 发票照片 --got",
)
def ask(session: Session, **asked: Any) -> None:
    """Asked for, or given; what was asked for already is refused."""

    def make(desk: Desk) -> list[Edit]:
        what, known = desk.asked["what"], desk.complaint.asked
        place = next((at for at, one in enumerate(known) if fold(one.what).casefold() == fold(what).casefold()), None)
        if desk.asked["got"]:
            if place is None:
                raise Contradicts(_("nobody asked for {what}").format(what=what))
            return [Set(("asked", place, "got"), desk.at())]
        if place is not None:
            raise Contradicts(
                _("{what} was asked for on {when} already; a customer is asked once").format(
                    what=what, when=spoken(known[place].at)
                ),
                f"aftercare complaint ask {desk.complaint.id} --what {what} --got",
            )
        if not desk.asked["why"]:
            raise Missing(["--why"])
        return [Append(("asked",), desk.step("what", "why"))]

    change(session, "ask", make, **asked)


@verb(
    "pass-on",
    N_("A question that is not ours to answer is passed on; what they answer is written down too."),
    REF,
    option("--to", required=True, metavar="S", text=N_("to whom: the maker, another department, an authority")),
    option("--what", metavar="S", text=N_("what was asked of them")),
    option("--promised", is_flag=True, text=N_("only promised so far: it is still to be passed on")),
    option("--answer", metavar="S", text=N_("what they answered")),
    AT,
    BY,
    JSON,
    example="aftercare complaint pass-on CO26-0001 --to 厂家售后 --what 压缩机是否召回\n"
    "aftercare complaint pass-on CO26-0001 --to 厂家售后 --answer 不在召回范围",
)
def pass_on(session: Session, **asked: Any) -> None:
    """Promised, passed on, answered: three facts of one question."""

    def make(desk: Desk) -> list[Edit]:
        if desk.asked["promised"] and desk.asked["answer"]:
            raise UsageProblem(_("--promised is for what is still to be passed on, --answer for what came back"))
        place, question = _question(desk)
        if desk.asked["answer"]:
            if question is None:
                raise Contradicts(
                    _("nothing that was passed on to {to} waits for an answer").format(to=desk.asked["to"]),
                    f"aftercare complaint pass-on {desk.complaint.id} --to {desk.asked['to']} --what …",
                )
            answered: list[Edit] = [Set(("passed_on", place, "answered"), desk.at())]
            return [*answered, Set(("passed_on", place, "answer"), desk.asked["answer"])]
        if question is not None and question.at is None and not desk.asked["promised"]:
            return [Set(("passed_on", place, name), value) for name, value in desk.step("what").items()]
        when = "promised" if desk.asked["promised"] else "at"
        what: dict[str, Tree] = {"what": desk.asked["what"]} if desk.asked["what"] else {}
        return [Append(("passed_on",), {"to": desk.asked["to"], **what, when: desk.at(), **desk.person("by")})]

    change(session, "pass-on", make, **asked)


def _question(desk: Desk) -> tuple[int, PassedOn | None]:
    """The question to that party that goes on: the first one still to be passed on, else still to be answered."""
    to = fold(desk.asked["to"]).casefold()
    of_them = [(at, one) for at, one in enumerate(desk.complaint.passed_on) if fold(one.to).casefold() == to]
    waits = [(at, one) for at, one in of_them if (one.answered if desk.asked["answer"] else one.at) is None]
    return waits[0] if waits else (-1, None)
