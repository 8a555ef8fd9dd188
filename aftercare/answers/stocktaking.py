"""What is wrong in the ledgers of parts: rows that take what is not there, rows of nothing, pieces for nobody."""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.answers import stock, supplies
from aftercare.book.shelf import Shelf
from aftercare.language import _
from aftercare.plain.moments import iso
from aftercare.plain.tree import Path, dotted
from aftercare.records.claim import Claim
from aftercare.records.part import Counted, Part


def misreckoned(part: Part, shelf: Shelf) -> Iterator[tuple[Path, str]]:
    """What can be mended in the ledger of a part, each with the place in its file, and a sentence."""
    yield from _short(part)
    yield from _of_nothing(part)
    yield from _for_nobody(part, shelf)


def _short(part: Part) -> Iterator[tuple[Path, str]]:
    for row in stock.ledger(part):
        if row.is_short:
            sentence = _("{where}: {stock} in stock on {when}, too few for {qty}").format(
                where=dotted(row.path),
                stock=stock.figure(row.balance - row.change),
                when=iso(row.entry.at).replace("T", " "),
                qty=stock.figure(-row.change),
            )
            yield row.path, sentence


def _of_nothing(part: Part) -> Iterator[tuple[Path, str]]:
    for path, entry in stock.entries(part):
        if not entry.qty and not isinstance(entry, Counted):
            yield (*path, "qty"), _("{where}: more than nothing is wanted").format(where=dotted((*path, "qty")))


def _for_nobody(part: Part, shelf: Shelf) -> Iterator[tuple[Path, str]]:
    """Pieces that were set aside for a repair that never waited for them."""
    ids = dict.fromkeys(part.ids, part)
    for place, came in enumerate(part.received):
        for number, name in enumerate(came.for_):
            claim = shelf.get(name)
            if isinstance(claim, Claim) and not any(True for __ in supplies.waits_of(claim, ids)):
                path: Path = ("received", place, "for", number)
                sentence = _("{where}: {claim} never waited for this part")
                yield path, sentence.format(where=dotted(path), claim=name)
