"""``policy diff``: which open claims' answers move, by another text of a pack or since they were decided, and why."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from aftercare.answers.chosen import rules_in
from aftercare.answers.finding import describe
from aftercare.answers.moved import Difference, by_other_packs, decided_on, since_decided
from aftercare.answers.remedies import open_claims
from aftercare.answers.rules import Rules
from aftercare.book.book import Book
from aftercare.book.files import Unusable, attached
from aftercare.book.ids import parse as parse_id
from aftercare.book.shelf import Shelf
from aftercare.commands.named import named_bytes
from aftercare.commands.policy import DIFF, choice_of
from aftercare.commands.session import Session
from aftercare.commands.verbs import option, output_options, verb
from aftercare.errors import InvalidInput
from aftercare.language import N_, plural
from aftercare.plain.moments import Moment, is_late, iso
from aftercare.policies import load
from aftercare.policies.shape import Words
from aftercare.records.claim import Claim
from aftercare.render.moved import lines, row
from aftercare.render.output import put_lines
from aftercare.render.rows import Row, arrange, emit

HEADER = ("id", "kind", "unit", "on", "decided_on", "moved", "packs", "facts")


@verb(
    "diff",
    DIFF,
    option(
        "--pack",
        "files",
        multiple=True,
        metavar="FILE",
        text=N_("a pack in the place of the one with its id; absent: the rules of now beside those decided by"),
    ),
    *output_options(),
    example="aftercare policy diff --pack our-promise.yaml",
)
def diff(session: Session, files: tuple[str, ...], **more: Any) -> None:
    """``policy diff``."""
    book = session.book()
    shelf = session.read(book)
    rules, on = session.rules(book), session.now()
    claims = [(claim, affairs) for claim, affairs in open_claims(shelf) if not is_late(claim.reported_on, on)]
    if files:
        others = _with_files(book, files)
        found = [(claim, by_other_packs(affairs, claim, rules, others, on)) for claim, affairs in claims]
    else:
        others = rules
        claims = [(claim, affairs) for claim, affairs in claims if decided_on(claim)]
        found = [(claim, since_decided(affairs, claim, rules, _windows(book, claim))) for claim, affairs in claims]
    moved = {claim.id: (claim, one) for claim, one in found if one.moves}
    _put(session, shelf, moved, on if files else None, (rules, others), more)
    if not moved:
        _say_nothing_moves(session, len(claims), with_files=bool(files))


def _put(
    session: Session,
    shelf: Shelf,
    moved: Mapping[str, tuple[Claim, Difference]],
    on: Moment | None,
    rules: Sequence[Rules],
    more: dict[str, Any],
) -> None:
    """The claims that move; *on* is the day they were judged, None for that of each decision."""
    currency = shelf.settings.currency or ""
    rows = [_row(claim, one, on, currency) for claim, one in moved.values()]
    if more["fmt"] != "table" or more["fields"]:
        emit(rows, [], choice_of(more), header=HEADER)
        return
    titles = _titles(rules)
    for one in arrange(rows, choice_of(more)):
        __, found = moved[str(one["id"])]
        put_lines(lines(found, titles, heading=describe(shelf, str(one["id"])), currency=currency))


def _row(claim: Claim, found: Difference, on: Moment | None, currency: str) -> Row:
    decision = decided_on(claim)
    decided = iso(decision.on) if decision else None
    day = iso(on) if on else decided or ""
    return row(found, claim=claim.id, unit=claim.unit, on=day, decided_on=decided, currency=currency)


def _with_files(book: Book, files: Sequence[str]) -> Rules:
    """The rules with the files in force; InvalidInput with all that is wrong with these."""
    given = {file: named_bytes(file) for file in files}
    for file, data in given.items():
        try:
            load.parse(data, file)
        except load.BadPack as error:
            raise InvalidInput(error.faults) from None
    rules, faults = rules_in(book, list(given.items()))
    if own := [fault for fault in faults if fault.file in given]:
        raise InvalidInput(own)
    return rules


def _windows(book: Book, claim: Claim) -> Mapping[str, str | None]:
    """The ends of all periods in the trace of the last decision; none where the file is not there as it was kept."""
    decision, named = decided_on(claim), parse_id(claim.id)
    if decision is None or decision.verdict is None or named is None:
        return {}
    for file in attached(book.root, named):
        try:
            data = book.bytes_of(file)
        except (FileNotFoundError, Unusable):
            continue
        if hashlib.sha256(data).hexdigest() == decision.verdict.trace:
            return _ends(data)
    return {}


def _ends(data: bytes) -> Mapping[str, str | None]:
    """The ends of periods in a kept trace; none of one that we did not write, whatever its mark."""
    try:
        said = json.loads(data)["windows"].items()
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return {}
    return {str(name): end for name, end in said if end is None or isinstance(end, str)}


def _titles(rules: Sequence[Rules]) -> dict[str, Words]:
    windows = [window for one in rules for pack in one.packs if pack.has_law for window in pack.law.windows]
    return {window.name: window.title for window in windows if window.title}


def _say_nothing_moves(session: Session, count: int, *, with_files: bool) -> None:
    if with_files:
        sentence = plural(
            "nothing moves: {count} open claim was looked at",
            "nothing moves: {count} open claims were looked at",
            count,
        )
    else:
        sentence = plural(
            "nothing moves: {count} open claim with a decision was looked at",
            "nothing moves: {count} open claims with a decision were looked at",
            count,
        )
    session.warn(sentence.format(count=count))
