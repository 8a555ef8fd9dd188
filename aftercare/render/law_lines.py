"""Lines of law in words, from their rows: what they give, when, for how long, at what cost, on what ground."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from aftercare import language
from aftercare.language import N_, _, word
from aftercare.policies import categories, vocabulary
from aftercare.policies.goods import UNKNOWN
from aftercare.records.words import REMEDIES
from aftercare.render import circumstances
from aftercare.render.citing import articles
from aftercare.render.grants import label, length, remedy_name


def summary(said: Mapping[str, Any]) -> Iterator[str]:
    """A line in short, from its row: what it gives, within which windows, by which articles."""
    yield f"{said['id']}  {_in(said['title'])}"
    yield "  " + _gives(said)
    for window in said["windows"]:
        yield "  " + _span_words(window)
    if said["cite"]:
        yield "  " + _("; ").join(_cited(said["cite"]))


def told(said: Mapping[str, Any]) -> Iterator[str]:
    """A row of law in words."""
    match said["kind"]:
        case "line":
            yield from _line(said)
        case "restatement":
            yield f"{said['id']}  {_in(said['title'])}"
            yield "  " + _("reads “{windows}” its own way, where that is better for the customer: {start}").format(
                windows=_("”, “").join(_title(said, name) for name in said["windows"]),
                start=_moved(_names(said["from"]), said),
            )
        case "bar":
            yield f"{said['id']}  {_in(said['title'])}"
            yield "  " + _("nothing of {pack} where {conditions}").format(
                pack=said["id"].partition("/")[0], conditions=_all(said["conditions"], said)
            )
        case "evidence":
            yield from _evidence(said)
    for source in said["cite"]:
        yield "  " + _("{article}: {where}").format(article=_article([source]), where=source["where"])


def _evidence(said: Mapping[str, Any]) -> Iterator[str]:
    sentence = (
        _("{id}  The trader must prove that a defect was not there at the hand-over")
        if said["party"] == "trader"
        else _("{id}  The customer must prove that a defect was there at the hand-over")
    )
    yield sentence.format(id=said["id"])
    if said["conditions"]:
        yield "  " + _("where {conditions}").format(conditions=_all(said["conditions"], said))
    yield from ("  " + window_words(window) for window in said["windows"])


def _line(said: Mapping[str, Any]) -> Iterator[str]:
    yield f"{said['id']}  {_in(said['title'])}"
    yield "  " + _gives(said)
    yield from ("  " + line for line in _when(said))
    for window in said["windows"]:
        yield "  " + window_words(window)
    yield from ("  " + line for line in _terms(said))


def _gives(said: Mapping[str, Any]) -> str:
    grants = _(", ").join(remedy_name(name) if name in REMEDIES else _right(name) for name in said["grants"])
    if said["given"]:
        return _("gives {grants}, where there is {right}").format(grants=grants, right=_right(said["given"]))
    return _("gives {grants}").format(grants=grants)


def _right(name: str) -> str:
    """An entitlement that other lines build on."""
    return _("the right named “{name}”").format(name=word(name))


def _when(said: Mapping[str, Any]) -> Iterator[str]:
    if said["conditions"]:
        yield _("where {conditions}").format(conditions=_all(said["conditions"], said))
    if said["any"]:
        yield _("where one of these holds: {cases}").format(cases=_any(said["any"], said))
    if said["unless"]:
        yield _("but not where {cases}").format(cases=_any(said["unless"], said))


def _any(cases: Sequence[Sequence[Mapping[str, Any]]], said: Mapping[str, Any]) -> str:
    return _("; or ").join(_all(case, said) for case in cases)


def _all(conditions: Sequence[Mapping[str, Any]], said: Mapping[str, Any]) -> str:
    return _(" and ").join(_condition(one, said) for one in conditions)


def _condition(one: Mapping[str, Any], said: Mapping[str, Any]) -> str:
    """A condition of a row in words."""
    if "within" in one:
        window = _title(said, one["within"])
        return _tested(N_("{fact} is within “{window}”"), N_("it is within “{window}”"), window, one["tested"])
    if "after" in one:
        window = _title(said, one["after"])
        return _tested(N_("{fact} is past “{window}”"), N_("“{window}” is over"), window, one["tested"])
    fact = label(one["fact"])
    if one["known"] is not None:
        return (_("{fact} is known") if one["known"] else _("{fact} is not known")).format(fact=fact)
    wanted = [_(" or ").join(circumstances.value(one["fact"], value) for value in one["values"])]
    wanted += [_(limit).format(figure=one[name]) for name, limit in circumstances.LIMITS.items() if one[name]]
    return _("{fact}: {value}").format(fact=fact, value=_(", ").join(filter(None, wanted)))


def _title(said: Mapping[str, Any], window: str) -> str:
    """What a window that a row names is called; its name where it has no title."""
    titles = said.get("titles") or {one["name"]: one["title"] for one in said.get("windows", ())}
    return _in(titles[window]) if titles.get(window) else window


def _tested(named: str, plain: str, window: str, fact: str | None) -> str:
    return _(named).format(fact=label(fact), window=window) if fact else _(plain).format(window=window)


def _terms(said: Mapping[str, Any]) -> Iterator[str]:
    if said["review"]:
        yield _("a person must judge: {because}").format(because=_in(said["because"]) if said["because"] else "")
    if said["instead_of"]:
        yield _("in the place of {remedies}").format(remedies=_(", ").join(map(remedy_name, said["instead_of"])))
    if said["fee"]:
        yield _fee_words(said["fee"], said)
    if said["proof"]:
        windows = _("”, “").join(_title(said, name) for name in said["proven_within"])
        yield (
            _("outside “{windows}” the customer must prove that the defect was there").format(windows=windows)
            if windows
            else _("the customer must prove that the defect was there")
        )
    if said["liable"] not in {None, "seller"}:
        yield _("borne by the {party}").format(party=word(said["liable"]))
    if said["choice"] != "customer":
        yield _("the shop chooses between them")


def _fee_words(fee: Mapping[str, Any], said: Mapping[str, Any]) -> str:
    if fee["judged"]:
        return _("cost: {deduction}").format(deduction=_in(fee["judged"]))
    figures_said = {kind: _("{rate}%").format(rate=rate) for kind, rate in fee["daily_percent"].items()}
    rate = _by_kind(figures_said | {kind: _("unknown") for kind, one in fee["daily_percent"].items() if one == UNKNOWN})
    return _("cost, of the price for each day of use since the start of “{window}”: {rate}").format(
        window=_title(said, fee["from"]), rate=rate or _("unknown")
    )


def window_words(window: Mapping[str, Any]) -> str:
    """A window in words, from its row: how long, from when, and what moves its end."""
    return _moved(_span_words(window), window)


def _span_words(window: Mapping[str, Any]) -> str:
    found = {kind: _("unknown") if one == UNKNOWN else _span(one) for kind, one in window["figures"].items()}
    title = _("{title} ({name})").format(title=_in(window["title"]), name=window["name"]) if window["title"] else ""
    return _("{window}, from {start}: {length}").format(
        window=title or window["name"], length=_by_kind(found) or _("no figure"), start=_start(window)
    )


def _moved(sentence: str, window: Mapping[str, Any]) -> str:
    """The sentence with what moves the window's end."""
    more = [
        _("its first day counts") if window.get("counts_first") else "",
        _("days in repair are added") if window["pauses"] else "",
        _("a replacement begins it anew") if window["restarts"] else "",
        _("a last day that is a day off moves to the next working day") if window.get("rolls") else "",
    ]
    return _("; ").join(filter(None, [sentence, *more]))


def _by_kind(found: Mapping[str, str]) -> str:
    """One figure where it is the same for all, else each with the goods that it is for."""
    if len(set(found.values())) <= 1:
        return next(iter(found.values()), "")
    kinds: dict[str, list[str]] = {}
    for kind, figure in found.items():
        kinds.setdefault(figure, []).append(categories.tree().name(kind, language.current()))
    return _("; ").join(
        _("{figure} ({goods})").format(figure=figure, goods=_(", ").join(names)) for figure, names in kinds.items()
    )


def _span(one: Mapping[str, int]) -> str:
    ((unit, count),) = one.items()
    return length(f"{count} {unit}")


def _start(window: Mapping[str, Any]) -> str:
    names = window["from"]
    match window["start"]:
        case "latest":
            return _("the latest of {names}").format(names=_(", ").join(map(_name, names)))
        case "end":
            return _("the end of {window}").format(window=_names(names))
        case "day_after":
            return _("the day after the end of {window}").format(window=_names(names))
        case _:
            return _names(names)


def _names(names: Sequence[str]) -> str:
    return _(", else ").join(map(_name, names))


def _name(name: str) -> str:
    """A fact by what it is called; a window by its name."""
    return label(name) if name in vocabulary.facts() else name


def _cited(cites: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The articles of each source together."""
    by_source: dict[str, list[Mapping[str, Any]]] = {}
    for source in cites:
        by_source.setdefault(source["source"], []).append(source)
    return map(_article, by_source.values())


def _article(cites: Sequence[Mapping[str, Any]]) -> str:
    """Articles of one source, its title, and how well it was looked at."""
    title, sure = _in(cites[0]["title"]), word(cites[0]["sure"])
    cited = articles([source["article"] for source in cites if source["article"]])
    if cited:
        return _("{title} {articles} ({sure})").format(title=title, articles=cited, sure=sure)
    return _("{title} ({sure})").format(title=title, sure=sure)


def _in(words: Mapping[str, str]) -> str:
    return words[language.current()]


def pack_words(said: Mapping[str, Any]) -> Iterator[str]:
    """A pack in words: whose it is, when and where it holds."""
    yield f"{said['id']}  {_in(said['title'])}"
    place = _(", ").join(filter(None, (said["country"], said["region"]))) or _("everywhere")
    since, until = said["from"] or _("ever"), said["to"] or _("now on")
    yield "  " + _("issuer: {issuer}; holds: {place}; in force from {since} to {until}; checked on {checked}").format(
        issuer=word(said["issuer"]), place=place, since=since, until=until, checked=said["version"] or _("unknown")
    )
    for what in said["not_covered"]:
        yield "  " + _("not covered: {what}").format(what=_in(what))


def goods_words(said: Mapping[str, Any]) -> Iterator[str]:
    """What the packs know of some kind of goods, and what they leave out."""
    yield f"{said['id']}  {_in(said['title'])}"
    match said["in_catalogue"]:
        case True:
            yield "  " + _("in a catalogue of goods with repair, replacement and return guaranteed by the state")
        case False:
            yield "  " + _("in no catalogue of goods with repair, replacement and return guaranteed by the state")
    if not said["packs"]:
        yield "  " + _("not covered: no pack has law for these goods")
    elif said["in_catalogue"] and not said["catalogue_covered"]:
        yield "  " + _("not covered: the rule of that catalogue for these goods; no pack has it")
    for gap in said["not_covered"]:
        yield "  " + _("not covered by {pack}: {what}").format(pack=gap["pack"], what=_in(gap["what"]))
