"""The quality file of several products as one file for each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from aftercare.answers.ids_of_now import id_of_now
from aftercare.answers.observed import Observed
from aftercare.book.shelf import Shelf
from aftercare.records.claim import Claim, Replaced

_K = TypeVar("_K", bound=Hashable)
_V = TypeVar("_V")


def told_apart(shelf: Shelf, file: Observed, products: Collection[str]) -> dict[str, Observed]:
    """What of a file is about each of its *products*: everything in it is looked at once, however many there are."""
    found: dict[str, Observed] = {product: Observed() for product in products}
    for unit, line in file.sold.items():
        found[line.product].sold[unit] = line
    for left in file.left:
        found[file.sold[left.unit].product].left.append(left)
    for one in file.noted:
        found[one.product].noted.append(one)
    for claim, deed in file.told:
        record = shelf.get(claim)
        line_of = file.sold.get(id_of_now(shelf, record.unit)) if isinstance(record, Claim) else None
        if line_of:
            found[line_of.product].told.append((claim, deed))
    exchanged: dict[str, dict[str, Sequence[Replaced]]] = defaultdict(dict)
    for unit, given in file.exchanged.items():
        exchanged[file.sold[unit].product][unit] = given
    return {product: replace(own, exchanged=exchanged[product]) for product, own in found.items()}


def grouped(found: Iterable[tuple[_K, _V]]) -> Mapping[_K, Sequence[_V]]:
    """What was found, by what it is found under."""
    groups: dict[_K, list[_V]] = defaultdict(list)
    for key, one in found:
        groups[key].append(one)
    return groups


def with_batches(file: Observed, said: Callable[[str], str]) -> Observed:
    """The file with every batch as it is *said* to whoever reads it."""
    return replace(
        file,
        sold={unit: line._replace(batch=said(line.batch)) for unit, line in file.sold.items()},
        noted=[one._replace(batch=said(one.batch)) for one in file.noted],
        exchanged={
            unit: [one.model_copy(update={"batch": said(one.batch)}) if one.batch else one for one in given]
            for unit, given in file.exchanged.items()
        },
    )
