"""Lines of law in words, from their rows: what they give, when, for how long, at what cost, on what ground."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from aftercare import language
from aftercare.language import _, word
from aftercare.policies import places
from aftercare.policies.goods import UNKNOWN
from aftercare.records.words import REMEDIES
from aftercare.render.citing import articles
from aftercare.render.grants import label, remedy_name
from aftercare.render.law_conditions import all_words, any_words, title_of
from aftercare.render.law_windows import by_kind, moved, names_words, span_words, window_words
from aftercare.render.traces import sure_words


def summary(said: Mapping[str, Any]) -> Iterator[str]:
    """A line in short, from its row: what it gives, within which windows, by which articles."""
    yield f"{said['id']}  {_in(said['title'])}"
    yield "  " + _gives(said)
    for window in said["windows"]:
        yield "  " + span_words(window)
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
                windows=_("”, “").join(title_of(said, name) for name in said["titles"]),
                start=moved(names_words(said["from"], said), said),
            )
        case "bar":
            yield f"{said['id']}  {_in(said['title'])}"
            yield "  " + _("nothing of {pack} where {conditions}").format(
                pack=said["id"].partition("/")[0], conditions=all_words(said["conditions"], said)
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
        yield "  " + _("where {conditions}").format(conditions=all_words(said["conditions"], said))
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
        yield _("where {conditions}").format(conditions=all_words(said["conditions"], said))
    if said["any"]:
        yield _("where one of these holds: {cases}").format(cases=any_words(said["any"], said))
    if said["unless"]:
        yield _("but not where {cases}").format(cases=any_words(said["unless"], said))


def _terms(said: Mapping[str, Any]) -> Iterator[str]:
    if said["review"]:
        yield _("a person must judge: {because}").format(because=_in(said["because"]) if said["because"] else "")
    if said["instead_of"]:
        yield _("in the place of {remedies}").format(remedies=_(", ").join(map(remedy_name, said["instead_of"])))
    if said["fee"]:
        yield _fee_words(said["fee"], said)
    if said["proof"]:
        windows = _("”, “").join(title_of(said, name) for name in said["proven_within"])
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
    if fee["per_1000_km_percent"]:
        return _by_distance(fee)
    figures_said = {kind: _("{rate}%").format(rate=rate) for kind, rate in fee["daily_percent"].items()}
    rate = by_kind(figures_said | {kind: _("unknown") for kind, one in fee["daily_percent"].items() if one == UNKNOWN})
    return _("cost, of the price for each day of use since the start of “{window}”: {rate}").format(
        window=title_of(said, fee["from"]), rate=rate or _("unknown")
    )


def _by_distance(fee: Mapping[str, Any]) -> str:
    bounds = [_("at least {least}%").format(least=fee["min_percent"]) if fee["min_percent"] else ""]
    bounds += [_("at most {most}%").format(most=fee["max_percent"]) if fee["max_percent"] else ""]
    return _("cost, of the price for each 1000 km: {rate}").format(
        rate=_(", ").join(filter(None, [label(fee["per_1000_km_percent"]), *bounds]))
    )


def _cited(cites: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The articles of each source together."""
    by_source: dict[str, list[Mapping[str, Any]]] = {}
    for source in cites:
        by_source.setdefault(source["source"], []).append(source)
    return map(_article, by_source.values())


def _article(cites: Sequence[Mapping[str, Any]]) -> str:
    """Articles of one source, its title, and how well it was looked at."""
    title, sure = _in(cites[0]["title"]), sure_words(cites[0]["sure"])
    cited = articles([source["article"] for source in cites if source["article"]])
    if cited:
        return _("{title} {articles} ({sure})").format(title=title, articles=cited, sure=sure)
    return _("{title} ({sure})").format(title=title, sure=sure)


def _in(words: Mapping[str, str]) -> str:
    return words[language.current()]


def pack_words(said: Mapping[str, Any]) -> Iterator[str]:
    """A pack in words: whose it is, when and where it holds."""
    yield f"{said['id']}  {_in(said['title'])}"
    place = places.place_name(said["country"] or "", said["region"] or "", language.current()) or _("everywhere")
    since, until = said["from"] or _("ever"), said["to"] or _("now on")
    yield "  " + _("issuer: {issuer}; holds: {place}; in force from {since} to {until}; checked on {checked}").format(
        issuer=word(said["issuer"]), place=place, since=since, until=until, checked=said["version"] or _("unknown")
    )
    if said["weight"]:
        yield "  " + _("weight: {weight}").format(weight=_in(said["weight"]))
    if said["chosen"] != "place":
        yield "  " + (
            _("it counts only where the settings of a book name it under packs")
            if said["chosen"] == "named"
            else _("it counts in no book by itself: other packs rest on it")
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
