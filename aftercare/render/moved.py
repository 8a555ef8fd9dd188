"""What moves between two answers in words: the remedy, how it stood and stands, and what of the rules moved it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from aftercare.answers.moved import Changed, Difference, Move, Stand
from aftercare.language import N_, _, current, word
from aftercare.plain import money
from aftercare.plain.text import clip, printable
from aftercare.policies.shape import Words
from aftercare.render import circumstances
from aftercare.render.fitting import wrapped
from aftercare.render.grants import label, remedy_name, sum_of
from aftercare.render.rows import Row
from aftercare.render.traces import WIDEST


def row(found: Difference, *, claim: str, unit: str, on: str, decided_on: str | None, currency: str) -> Row:
    """What moves of one claim's answer, for machines."""
    return {
        "id": claim,
        "kind": "claim",
        "unit": unit,
        "on": on,
        "decided_on": decided_on,
        "moved": [_move_row(move, currency) for move in found.moves],
        "packs": [one._asdict() for one in found.packs],
        "facts": [one._asdict() for one in found.facts],
    }


def _move_row(move: Move, currency: str) -> dict[str, Any]:
    return {
        "remedy": move.remedy,
        "before": _stand_row(move.before, currency),
        "after": _stand_row(move.after, currency),
        "windows": [one._asdict() for one in move.windows],
        "lines": [{"line": one.name, "change": _change(one)} for one in move.lines],
    }


def _stand_row(stand: Stand, currency: str) -> dict[str, Any]:
    fee = None if stand.fee is None else money.text(money.Amount(stand.fee), currency)
    return {"state": stand.state, "until": stand.until, "fee": fee, "line": stand.line}


def _change(one: Changed) -> str:
    return "added" if one.before is None else "removed" if one.after is None else "changed"


_CHANGES = {
    "added": N_("new: {lines}"),
    "removed": N_("no more: {lines}"),
    "changed": N_("reads otherwise: {lines}"),
}


def lines(found: Difference, titles: Mapping[str, Words], *, heading: str, currency: str) -> Iterator[str]:
    """One claim: each remedy that moves, with the lines and periods behind it, then the packs and facts that differ.

    *titles* are those of the windows, by name.
    """
    yield clip(printable(heading), WIDEST)
    for because, moves in groupby(found.moves, key=lambda move: (move.windows, move.lines)):
        for move in moves:
            yield from wrapped(_moved(move, currency), WIDEST)
        for reason in dict.fromkeys(_reasons(*because, titles)):
            yield from wrapped(f"     {reason}", WIDEST)
    if found.packs:
        said = _("; ").join(f"{one.name} {_both(one)}" for one in found.packs)
        yield from wrapped(_("  Packs: {packs}").format(packs=said), WIDEST)
    if found.facts:
        said = _("; ").join(
            _("{fact} {change}").format(fact=label(one.name), change=_both(_in_words(one))) for one in found.facts
        )
        yield from wrapped(_("  Facts: {facts}").format(facts=said), WIDEST)


def _moved(move: Move, currency: str) -> str:
    """A remedy before and after; what stays as it was is not said twice."""
    before, after = move.before, move.after
    same_line = before.line == after.line
    return _("  {remedy}: {before} → {after}").format(
        remedy=remedy_name(move.remedy),
        before=_stand(before._replace(line=None) if same_line else before, currency),
        after=_stand(after._replace(line=None) if same_line else after, currency),
    )


def _stand(stand: Stand, currency: str) -> str:
    said = [
        word(stand.state),
        _("until {day}").format(day=stand.until) if stand.until else "",
        _("{fee} to pay").format(fee=sum_of(stand.fee, currency)) if stand.fee else "",
        stand.line or "",
    ]
    return _(", ").join(filter(None, said))


def _reasons(windows: Sequence[Changed], lines: Sequence[Changed], titles: Mapping[str, Words]) -> Iterator[str]:
    for one in windows:
        name = one.name.rpartition("/")[2]
        title = titles[name].said(current()) if name in titles else one.name
        yield _("“{window}” ends: {change}").format(window=title, change=_both(one))
    by_change: dict[str, list[str]] = {}
    for one in lines:
        by_change.setdefault(_change(one), []).append(one.name)
    for change, names in by_change.items():
        yield _(_CHANGES[change]).format(lines=_(", ").join(names))


def _both(one: Changed) -> str:
    return _("{before} → {after}").format(before=one.before or _("none"), after=one.after or _("none"))


def _in_words(one: Changed) -> Changed:
    before, after = (None if text is None else circumstances.value(one.name, text) for text in (one.before, one.after))
    return Changed(one.name, before, after)
