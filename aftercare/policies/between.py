"""What can be wrong between packs that are each well written."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from aftercare.errors import Fault
from aftercare.language import N_, _
from aftercare.plain.tree import dotted
from aftercare.policies import categories
from aftercare.policies.pack import Pack
from aftercare.policies.plans import Plan

if TYPE_CHECKING:
    from aftercare.policies.law import Loose


def between(pack: Pack, others: Sequence[Pack], lines: Mapping[str, Plan]) -> list[Fault]:
    """What is wrong with *pack* beside the *others* that count; *lines* are those of all packs, whether they count.

    A line may take the place only of one that follows the same event, for goods that they share, and none but a
    law's line that of a law's.  Two lines that do not replace each other must not make promises of one name about the
    same thing.
    """
    faults: list[Fault] = []
    before = [plan for other in others for plan in other.plans]
    benefits = [benefit.line for other in (*others, pack) for benefit in other.standards.benefits]
    for at, plan in enumerate(pack.plans):
        found = (
            _wrong_replacement(plan, lines) or _no_such_benefit(plan, benefits) or _same_promises(plan, before, lines)
        )
        if found:
            key, code, sentence = found
            faults.append(pack.fault(("plans", at, key), code, sentence))
        before.append(plan)
    return faults


def _wrong_replacement(plan: Plan, lines: Mapping[str, Plan]) -> tuple[str, str, str] | None:
    for line in plan.replaces:
        other = lines.get(line)
        if other is None:
            near = difflib.get_close_matches(line, lines, n=3)
            sentence = _("replaces: no line is called {line}; there are {known}").format(
                line=line, known=", ".join(near or lines)
            )
            return "replaces", "no-such-line", sentence
        if plan.line in _replaced_by(line, lines):
            sentence = _("replaces: {line} is in turn replaced by this line").format(line=line)
            return "replaces", "circle", sentence
        if other.is_law and not plan.is_law:
            sentence = _("replaces: {line} is law, which no plan can set aside; add a line with a step of its own")
            return "replaces", "law", sentence.format(line=line)
        if other.after != plan.after:
            sentence = _("replaces: {line} follows another event ({event})").format(line=line, event=other.after)
            return "replaces", "other-event", sentence
        if not _share_goods(plan, other):
            sentence = _("replaces: {line} is for other goods ({category})").format(line=line, category=other.category)
            return "replaces", "other-goods", sentence
    return None


def _no_such_benefit(plan: Plan, benefits: Sequence[str]) -> tuple[str, str, str] | None:
    """What the plan follows and nobody gives."""
    for line in sorted(plan.benefits.difference(benefits)):
        near = difflib.get_close_matches(line, benefits, n=3)
        sentence = _("when: no benefit is called {line}; there are {known}").format(
            line=line, known=", ".join(near or benefits) or "—"
        )
        return "when", "no-such-line", sentence
    return None


def _same_promises(plan: Plan, before: Iterable[Plan], lines: Mapping[str, Plan]) -> tuple[str, str, str] | None:
    for other in before:
        if (other.subject, other.step) != (plan.subject, plan.step) or not _share_goods(plan, other):
            continue
        if not plan.may_meet(other):
            continue
        if other.line in _replaced_by(plan.line, lines) or plan.line in _replaced_by(other.line, lines):
            continue
        sentence = _("step: {other} makes promises called “{step}” too; replace it, or name the step otherwise").format(
            other=other.line, step=plan.step
        )
        return "step", "same-step", sentence
    return None


def _replaced_by(line: str, lines: Mapping[str, Plan]) -> set[str]:
    """The lines that *line* replaces, those that they replace, and so on."""
    found: set[str] = set()
    ahead = [line]
    while ahead:
        plan = lines.get(ahead.pop())
        further = set(plan.replaces) - found if plan else set()
        found |= further
        ahead += further
    return found


def leading_nowhere(pack: Pack, packs: Sequence[Pack]) -> list[Fault]:
    """What the law of *pack*, as its file has it, names and none of the *packs* (itself among them) has."""
    from aftercare.policies.law import Loose, loose_ends  # only a shop with law of its own pays for it

    law, others = pack.law, {other.id: other for other in packs}
    if pack.extends and pack.extends not in others:
        near = difflib.get_close_matches(pack.extends, others, n=1)
        loose = Loose(("extends",), "no-such-pack", pack.extends, tuple(near))
        return [pack.fault(loose.path, loose.code, _nowhere(loose))]
    windows = [window.name for other in packs for window in other.law.windows]
    grants = [name for other in packs for line in other.law.lines for name in line.grants]
    return [pack.fault(loose.path, loose.code, _nowhere(loose)) for loose in loose_ends(law, windows, grants)]


_NOWHERE = {
    "no-such-pack": N_("{where}: no pack is called “{name}”"),
    "no-such-window": N_("{where}: no window is called “{name}”"),
    "no-such-grant": N_("{where}: no line grants “{name}”"),
    "no-such-fact": N_("{where}: neither a fact nor a window is called “{name}”"),
    "no-such-column": N_("{where}: no goods of this pack have a figure “{name}”"),
}


def _nowhere(loose: Loose) -> str:
    said = _(_NOWHERE[loose.code]).format(where=dotted(loose.path), name=loose.name)
    if not loose.near:
        return said
    return _("{fault}; did you mean {near}?").format(fault=said, near=loose.near[0])


def _share_goods(one: Plan, other: Plan) -> bool:
    tree = categories.tree()
    return any(one.suits(node.id, tree) and other.suits(node.id, tree) for node in tree)
