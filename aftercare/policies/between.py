"""What can be wrong between packs that are each well written."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence

from aftercare.errors import Fault
from aftercare.language import _
from aftercare.policies import categories
from aftercare.policies.pack import Pack
from aftercare.policies.plans import Plan


def between(pack: Pack, others: Sequence[Pack], lines: Mapping[str, Plan]) -> list[Fault]:
    """What is wrong with *pack* beside the *others* that count; *lines* are those of all packs, whether they count.

    A line may take the place only of one that follows the same event, for goods that they share.  Two lines that do
    not replace each other must not make promises of one name about the same thing.
    """
    faults: list[Fault] = []
    before = [plan for other in others for plan in other.plans]
    for at, plan in enumerate(pack.plans):
        found = _wrong_replacement(plan, lines) or _same_promises(plan, before, lines)
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
        if other.after != plan.after:
            sentence = _("replaces: {line} follows another event ({event})").format(line=line, event=other.after)
            return "replaces", "other-event", sentence
        if not _share_goods(plan, other):
            sentence = _("replaces: {line} is for other goods ({category})").format(line=line, category=other.category)
            return "replaces", "other-goods", sentence
    return None


def _same_promises(plan: Plan, before: Iterable[Plan], lines: Mapping[str, Plan]) -> tuple[str, str, str] | None:
    for other in before:
        if (other.subject, other.step) != (plan.subject, plan.step) or not _share_goods(plan, other):
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


def _share_goods(one: Plan, other: Plan) -> bool:
    tree = categories.tree()
    return any(one.suits(node.id, tree) and other.suits(node.id, tree) for node in tree)
