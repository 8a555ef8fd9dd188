"""Windows of law in words, from their rows: how long, from when, and what moves or ends them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from aftercare import language
from aftercare.language import _
from aftercare.policies import categories, vocabulary
from aftercare.policies.goods import UNKNOWN
from aftercare.render.grants import label, length
from aftercare.render.law_conditions import all_words


def window_words(window: Mapping[str, Any]) -> str:
    """A window in words, from its row: how long, from when, and what moves its end."""
    return moved(span_words(window), window)


def span_words(window: Mapping[str, Any]) -> str:
    """A window in short: how long, and from when."""
    if window["latest"]:
        sentence = _("{window}: it ends with the last of {windows}")
        return sentence.format(window=_called(window), windows=_(", ").join(_names(window["latest"], window)))
    found = {kind: _("unknown") if one == UNKNOWN else _span(one) for kind, one in window["figures"].items()}
    return _("{window}, from {start}: {length}").format(
        window=_called(window), length=by_kind(found) or _("no figure"), start=_start(window)
    )


def _called(window: Mapping[str, Any]) -> str:
    if not window["title"]:
        return str(window["name"])
    return _("{title} ({name})").format(title=window["title"][language.current()], name=window["name"])


def moved(sentence: str, window: Mapping[str, Any]) -> str:
    """The sentence with what moves the window's end."""
    more = [
        _("its first day counts") if window.get("counts_first") else "",
        _pauses(window["pauses"]),
        _("a replacement begins it anew") if window["restarts"] else "",
        _("a last day that is a day off moves to the next working day") if window.get("rolls") else "",
    ]
    return _("; ").join(filter(None, [sentence, *more, *_ends(window)]))


def _pauses(how: str) -> str:
    if how == "waiting":
        return _("days of waiting for a repair or a replacement are added, the first and the last among them")
    return _("days in repair are added") if how else ""


def _ends(window: Mapping[str, Any]) -> Iterator[str]:
    """What else has a say in when it ends."""
    if window.get("meter"):
        ((fact, most),) = window["meter"].items()
        yield _("it is over once {fact} is over {most}").format(fact=label(fact), most=most)
    if window.get("floor"):
        floor = window["floor"]
        yield _("it ends no earlier than {length} after {start}").format(
            length=_span(floor["length"]), start=names_words(floor["from"], window)
        )
    for variant in window.get("variants", ()):
        found = {kind: _("unknown") if one == UNKNOWN else _span(one) for kind, one in variant["figures"].items()}
        changes = [
            by_kind(found),
            _("from {start}").format(start=_start({**variant, "titles": window["titles"]})) if variant["from"] else "",
        ]
        sentence = _("where {conditions}: {changes}")
        yield sentence.format(
            conditions=all_words(variant["when"], window),
            changes=_(", ").join(filter(None, changes)) or _otherwise(variant),
        )


def _otherwise(variant: Mapping[str, Any]) -> str:
    """A variant without a length of its own: there is none, or it is counted in another way."""
    return _("no such period") if "values" in variant["changes"] else _("counted otherwise")


def by_kind(found: Mapping[str, str]) -> str:
    """One figure where it is the same for all, else each with the goods that it is for."""
    if len(set(found.values())) <= 1:
        return next(iter(found.values()), "")
    kinds: dict[str, list[str]] = {}
    for kind, figure in found.items():
        kinds.setdefault(figure, []).append(categories.tree().name(kind, language.current()))
    return _("; ").join(
        _("{figure} ({goods})").format(figure=figure, goods=_(", ").join(names)) for figure, names in kinds.items()
    )


def _span(one: Mapping[str, int | str]) -> str:
    ((unit, count),) = one.items()
    return label(count) if isinstance(count, str) else length(f"{count} {unit}")


def _start(window: Mapping[str, Any]) -> str:
    names = _names(window["from"], window)
    match window["start"]:
        case "latest":
            return _("the latest of {names}").format(names=_(", ").join(names))
        case "earliest":
            return _("the earliest of {names}").format(names=_(", ").join(names))
        case "end":
            return _("the end of {window}").format(window=_(", else ").join(names))
        case "day_after":
            return _("the day after the end of {window}").format(window=_(", else ").join(names))
        case _:
            return _(", else ").join(names)


def names_words(names: Sequence[str], said: Mapping[str, Any]) -> str:
    """Of several starts the first that is known."""
    return _(", else ").join(_names(names, said))


def _names(names: Sequence[str], said: Mapping[str, Any]) -> list[str]:
    """Facts by what they are called; windows by their titles, where the row *said* has them."""
    titles = said.get("titles", {})
    return [label(name) if name in vocabulary.facts() else _in_short(titles.get(name), name) for name in names]


def _in_short(title: Mapping[str, str] | None, name: str) -> str:
    return title[language.current()] if title else name
