"""What is decided under a claim: a remedy granted or refused, kept with the verdict that it was decided on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from aftercare.answers import remedies
from aftercare.answers.affairs import affairs_with, owner_of
from aftercare.answers.decided import withheld
from aftercare.answers.situations import listed
from aftercare.commands.circumstances import remedy_named
from aftercare.commands.claims import REF, Desk, change
from aftercare.commands.generic import JSON
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, verb
from aftercare.errors import BadValue, DecisionNeedsReason, Missing, NoSuchRecord, Unfitting
from aftercare.language import N_, _, current
from aftercare.plain.moments import day_of, iso, parse
from aftercare.plain.reading import composed, decoded, line_in
from aftercare.plain.splicing import Append, Edit
from aftercare.plain.tree import Tree
from aftercare.policies.judging.situation import Misstated
from aftercare.policies.judging.verdict import Remedy, Verdict
from aftercare.records.claim import Claim
from aftercare.render.citing import by_source
from aftercare.render.grants import label, remedy_name
from aftercare.render.output import say
from aftercare.render.verdict_rows import row

REMEDY = argument("remedy", metavar="REMEDY")
ON = option("--on", metavar="D", text=N_("the day of the decision, on which the claim is judged; absent: today"))
ASKED = option("--asked", metavar="REMEDY", text=N_("what the customer asked for, where the claim says something else"))
BY = option("--by", metavar="REF", text=N_("who decided"))
FACT = option("--fact", multiple=True, metavar="NAME=VALUE", text=N_("a circumstance that the claim does not hold"))


@verb(
    "decide",
    N_("Decide a remedy; the verdict it is taken on is kept."),
    REF,
    REMEDY,
    option("--reason", metavar="S", text=N_("why; needed where less is decided than is open")),
    ASKED,
    BY,
    ON,
    FACT,
    JSON,
    example="aftercare claim decide CL26-0004 replace --by 李师傅",
)
def decide(session: Session, ref: str, remedy: str, fmt: str, **said: Any) -> None:
    """A remedy is granted."""
    _decided(session, ref, remedy, fmt, said, refused=False)


@verb(
    "refuse",
    N_("Refuse a remedy; the verdict it is taken on is kept."),
    REF,
    REMEDY,
    option("--reason", metavar="S", text=N_("why")),
    ASKED,
    BY,
    ON,
    FACT,
    JSON,
    example="aftercare claim refuse CL26-0004 refund --reason 人为摔坏，有照片",
)
def refuse(session: Session, ref: str, remedy: str, fmt: str, **said: Any) -> None:
    """A remedy is refused."""
    _decided(session, ref, remedy, fmt, said, refused=True)


def _decided(session: Session, ref: str, typed: str, fmt: str, said: Mapping[str, Any], *, refused: bool) -> None:
    remedy = remedy_named("REMEDY", typed)
    stated = _facts(said["fact"])

    def make(desk: Desk) -> list[Edit]:
        asked = remedy_named("--asked", said["asked"]) if said["asked"] else desk.claim.asked
        on = desk.reader.date("--on", said["on"]) if said["on"] else day_of(session.now()).isoformat()
        verdict = _verdict(desk, on, asked, stated)
        _weigh(verdict, asked, remedy, said["reason"], refused=refused)
        goodwill = not refused and _is_goodwill(verdict, remedy)
        decision: dict[str, Tree] = {
            "on": on,
            "asked": asked,
            "remedy": remedy,
            "refused": "yes" if refused else None,
            "goodwill": "yes" if goodwill else None,
            **desk.person(said["by"]),
            "reason": said["reason"],
        }
        kept = {name: value for name, value in decision.items() if value}
        return [Append(("decisions",), {**kept, "verdict": _kept(desk, verdict, {remedy, asked})})]

    change(session, ref, "refuse" if refused else "decide", fmt, make)


def _facts(pairs: tuple[str, ...]) -> dict[str, Tree]:
    said: dict[str, Tree] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name.strip():
            raise BadValue("--fact", pair, _("write it as NAME=VALUE"))
        fact = name.strip().replace("-", "_")
        said[fact] = listed(fact, value)
    return said


def _verdict(desk: Desk, on: str, asked: str | None, said: Mapping[str, Tree]) -> Verdict:
    """What the rules say of the claim on the day, with the line of the file for each fact it went by."""
    claim = desk.claim
    affairs = affairs_with(desk.shelf, owner_of(desk.shelf, claim.unit) or "")
    if affairs is None:
        raise NoSuchRecord(_("unit"), claim.unit)
    rules, day = desk.session.rules(desk.pen.book), parse(on)
    try:
        found = remedies.verdict(affairs, claim.unit, rules, day, claim=claim, said=said, asked=asked or "")
    except Misstated as error:
        raise Unfitting("--fact", error.misfits[0][1]) from None

    @cache
    def node_of(record: str) -> Any:
        return composed(decoded(desk.pen.file_of(record)[1]))

    return remedies.located(found, lambda record, path: line_in(node_of(record), path))


def _weigh(verdict: Verdict, asked: str | None, remedy: str, reason: str | None, *, refused: bool) -> None:
    """Say how the decision stands to the verdict; DecisionNeedsReason for one that keeps back what is open."""
    states = {name: found.state for name, found in verdict.remedies.items()}
    kept_back = withheld(asked, remedy, refused, states)
    if kept_back:
        open_one = verdict.remedy(kept_back)
        facts = remedy_name(kept_back), open_one.best.line if open_one.best else "", _articles(open_one)
        if not reason:
            raise DecisionNeedsReason(*facts)
        sentence = _("this is less than what is open: {remedy}, by {line} ({articles}); it will be a breach")
        say(sentence.format(remedy=facts[0], line=facts[1], articles=facts[2]))
    elif refused and not reason:
        raise Missing(["--reason"])
    found = verdict.remedy(remedy)
    if _is_goodwill(verdict, remedy) and not refused:
        say(_("{remedy} is not open: it is given out of goodwill").format(remedy=remedy_name(remedy)))
    if found.state == "ask" and found.ask:
        names = _(", ").join(label(fact) for fact in found.ask)
        say(
            _("whether {remedy} is open hangs on what is not known: {facts}").format(
                remedy=remedy_name(remedy), facts=names
            )
        )


def _is_goodwill(verdict: Verdict, remedy: str) -> bool:
    """Whether no rule gives the remedy; one that is closed because a better one is open is less, and no kindness."""
    found = verdict.remedy(remedy)
    return found.state == "closed" and found.why != "better_open"


def _articles(remedy: Remedy) -> str:
    cites = remedy.best.cite if remedy.best else ()
    return _(", ").join(f"{cite.title.said(current())} {articles}" for cite, articles in by_source(cites))


def _kept(desk: Desk, verdict: Verdict, named: set[str | None]) -> Tree:
    """The verdict as the decision keeps it; the whole of it, with its trace, lies beside the claim."""
    currency = desk.shelf.settings.currency or ""
    whole = row(verdict, unit=desk.claim.unit, claim=desk.claim.id, currency=currency)
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    data = f"{text}\n".encode()
    desk.pen.attach(desk.claim.id, _free_name(desk), data)
    wanted = [one for one in verdict.remedies.values() if one.state != "closed" or one.name in named]
    return {
        "packs": {pack.id: f"{pack.version} sha256:{pack.sha256[:12]}" for pack in verdict.packs},
        "facts": dict(verdict.facts),
        "remedies": {one.name: _answer(one) for one in wanted},
        "trace": hashlib.sha256(data).hexdigest(),
    }


def _free_name(desk: Desk) -> str:
    """``verdict-N.json`` for the Nth decision; a later number where that is the file of another decision."""
    number = len(desk.claim.decisions) + 1
    while _is_spoken_of(desk.claim, desk.pen.attachment(desk.claim.id, f"verdict-{number}.json")):
        number += 1
    return f"verdict-{number}.json"


def _is_spoken_of(claim: Claim, data: bytes | None) -> bool:
    traces = {decision.verdict.trace for decision in claim.decisions if decision.verdict}
    return data is not None and hashlib.sha256(data).hexdigest() in traces


def _answer(remedy: Remedy) -> dict[str, Tree]:
    answer: dict[str, Tree] = {"state": remedy.state}
    if best := remedy.best:
        if best.until:
            answer["until"] = iso(best.until)
        if best.fee and best.fee.amount is not None:
            answer["fee"] = format(best.fee.amount, "f")
        answer["line"] = best.line
    return answer
