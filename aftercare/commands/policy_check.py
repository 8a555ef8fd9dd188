"""``policy check``: what is wrong with packs and cases, and what is unwise in packs that can be used all the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from aftercare.answers.breaches.finding import CODES
from aftercare.commands.named import named_bytes
from aftercare.commands.policy import CHECK, rules_of
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, verb
from aftercare.errors import Fault
from aftercare.language import N_, _
from aftercare.plain.moments import day_of
from aftercare.plain.reading import Unreadable, read
from aftercare.policies import load
from aftercare.policies.authoring.cases import read_cases
from aftercare.policies.authoring.lint import findings
from aftercare.policies.authoring.trials import Trial, try_all
from aftercare.policies.credo import CONDUCT
from aftercare.policies.pack import Pack
from aftercare.policies.standards import DUTIES
from aftercare.render.output import put


@verb(
    "check",
    CHECK,
    argument("files", many=True, required=False, metavar="[FILE...]"),
    option("--all", "with_shipped", is_flag=True, text=N_("the packs that come with the program too")),
    option("--cases", multiple=True, metavar="FILE", text=N_("worked cases: what they leave untried is unwise too")),
    example="aftercare policy check policies/ours.yaml --cases cases.yaml",
)
def check(session: Session, files: tuple[str, ...], **how: Any) -> None:
    """``policy check``."""
    texts = {file: named_bytes(file) for file in files}
    cases = {file: data for file, data in texts.items() if _holds_cases(data, file)}
    found = [fault for file, data in cases.items() for fault in _faults_of_cases(data, file)]
    if len(cases) < len(files) or not files or how["with_shipped"]:
        own = [(file, data) for file, data in texts.items() if file not in cases]
        found += _of_packs(session, own, [*how["cases"], *cases], with_shipped=how["with_shipped"])
    for fault in found:
        put(str(fault))
    session.found(bool(found))


def _holds_cases(data: bytes, file: str) -> bool:
    try:
        top = read(data, file)
    except Unreadable:
        return False
    return isinstance(top, dict) and "cases" in top


def _faults_of_cases(data: bytes, file: str) -> Sequence[Fault]:
    """What is wrong with a file of cases, facts that nobody understands among it."""
    found = read_cases(data, file)
    misfits = [fault for case in found.cases for fault in case.misfits]
    return sorted([*found.faults, *misfits], key=lambda fault: fault.line)


def _of_packs(
    session: Session, own: Sequence[tuple[str, bytes]], cases: Sequence[str], *, with_shipped: bool
) -> list[Fault]:
    """What is wrong with packs, and what is unwise in those with which nothing is."""
    rules = _beside_the_shipped(own) if own else rules_of(session)
    shipped = load.shipped()
    theirs = [pack for pack in rules.packs if pack not in shipped]
    packs = [*shipped, *theirs]
    trials = _trials(cases, shipped, theirs)
    found = [*rules.faults]
    today = day_of(session.now())
    for pack in packs if with_shipped else theirs:
        found += [*findings(pack, packs, today, trials), *_of_credo(pack)]
    return found


def _of_credo(pack: Pack) -> Iterator[Fault]:
    """Lines of a credo that speak of a finding that there is not."""
    known = {*DUTIES, *CODES, CONDUCT}
    for at, basic in enumerate(pack.standards.credo):
        for place, name in enumerate(basic.names):
            if name not in known:
                near = ", ".join(get_close_matches(name, sorted(known), n=3)) or "conduct, on_time, late-delivery"
                said = _("no duty and no finding is called “{name}”; perhaps: {near}").format(name=name, near=near)
                yield pack.fault(("credo", at, "for", place), "no-such-finding", said)


def _beside_the_shipped(own: Sequence[tuple[str, bytes]]) -> load.Rules:
    """Packs in files, as a shop's own beside all that are shipped."""
    shipped = [pack.id for pack in load.shipped() if pack.chosen != "parent"]
    return load.rules(own, country="", region="", named=shipped)


def _trials(files: Sequence[str], shipped: Sequence[Pack], own: Sequence[Pack]) -> list[Trial]:
    cases = [case for file in files for case in read_cases(named_bytes(file), file).cases]
    return try_all(cases, shipped, own)[0]
