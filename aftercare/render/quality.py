"""The quality file in tables and on a product's page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from aftercare.answers.finding import describe
from aftercare.book.shelf import Shelf
from aftercare.language import N_, _, word
from aftercare.plain.text import pad, printable, width
from aftercare.render.rows import Column, Row

RECORD_FIELDS = ("id", "kind", "what", "on", "group", "product", "unit", "batch", "component", "cause", "words")
"""The fields of a record's row, for the header of a CSV without rows."""
_TITLES = {
    "product": N_("product"),
    "model": N_("model"),
    "batch": N_("batch"),
    "component": N_("part"),
    "cause": N_("cause"),
    "month": N_("month"),
}
_COUNTS = (
    ("seen", N_("seen on visits")),
    ("questions", N_("questions")),
    ("repairs", N_("repairs")),
    ("repeat_repairs", N_("of the same fault again")),
    ("exchanges", N_("exchanges")),
    ("returns", N_("came back")),
    ("refunds", N_("paid back")),
    ("complaints", N_("complaints")),
)
_MORE = (
    ("wear", N_("wear")),
    ("no_fault", N_("no fault found")),
    ("goodwill", N_("out of goodwill")),
    ("wishes", N_("wishes")),
)


def for_people(row: Row) -> Row:
    """The row with its faults and units as one text, which a table shows in one column."""
    return {**row, "share": share(row)}


def columns(per: str, total: Row, shelf: Shelf) -> list[Column]:
    """The columns of a table with a line for each *per*: the faults with the units they are of, and what was counted.

    Of what there was none at all there is no column.
    """
    return [
        Column(per, _TITLES[per], _name_of(per, shelf)),
        Column("share", N_("faults of units sold")),
        *(Column(field, title) for field, title in (*_COUNTS, *_MORE) if total[field]),
    ]


def _name_of(per: str, shelf: Shelf) -> Callable[[Any], str]:
    def say(group: str | None) -> str:
        if group is None:
            return _("total")
        if per == "product":
            return describe(shelf, group)
        return group or _("not said")

    return say


def share(row: Row) -> str:
    """Faults of units sold, and their rate where there are enough units to speak of one; a dash where none was sold."""
    faults, sold, rate = row["faults"], row["sold"], row["rate"]
    if not sold:
        return str(faults) if faults else "–"
    if rate is None:
        return _("{faults} of {sold}, too few to say").format(faults=faults, sold=sold)
    if not faults:
        return _("{faults} of {sold}").format(faults=faults, sold=sold)
    return _("{faults} of {sold} ({rate} %)").format(faults=faults, sold=sold, rate=Decimal(str(rate)) or "<0.1")


def record_columns(shelf: Shelf) -> list[Column]:
    """The columns of the records that the numbers count."""
    return [
        Column("on", N_("day"), lambda at: str(at)[:10]),
        Column("what", N_("what"), word),
        Column("id", N_("ID")),
        Column("product", N_("product"), lambda product: describe(shelf, product).partition(" ")[2]),
        Column("component", N_("part")),
        Column("words", N_("in the words")),
    ]


def page(file: Row, shelf: Shelf) -> Iterator[str]:
    """A product's file for people: its units, its faults by part and by batch, the rest, and the records behind it."""
    yield printable(describe(shelf, file["id"]))
    if file["maker"]:
        yield printable(_("made by {maker}").format(maker=file["maker"]))
    if file["from"] or file["to"]:
        yield _("from {first} to {last}").format(first=file["from"], last=file["to"])
    yield _("{sold} sold, {left} of them in service").format(sold=file["sold"], left=file["in_service"])
    yield _("faults: {share}").format(share=share(file))
    counts = [f"{_(title)} {file[field]}" for field, title in (*_COUNTS, *_MORE) if file[field]]
    if counts:
        yield _(", ").join(counts)
    yield from _groups(_("by part:"), file["components"], "component")
    batches = file["batches"]
    if any(row["batch"] for row in batches):
        yield from _groups(_("by batch:"), batches, "batch")
    yield from _told(file, shelf)
    yield from _records(file)


def _groups(title: str, rows: list[Row], per: str) -> Iterator[str]:
    """The lines in which something was noted; where nothing but the whole was named, no line says more than it."""
    named = [row for row in rows if row["faults"] or row["seen"] or per == "batch"]
    if not any(row[per] for row in named):
        return
    names = [printable(row[per] or _("not said")) for row in named]
    columns = max(width(name) for name in names)
    yield title
    for name, row in zip(names, named, strict=True):
        seen = _("; seen on visits {count}").format(count=row["seen"]) if row["seen"] else ""
        yield f"  {pad(name, columns)}  {share(row)}{seen}"


def _told(file: Row, shelf: Shelf) -> Iterator[str]:
    if not file["told_maker"]:
        if file["faults"]:
            yield _("the maker was told nothing")
        return
    yield _("the maker was told:")
    for one in file["told_maker"]:
        by = _(" ({person})").format(person=describe(shelf, one["by"]).partition(" ")[2]) if one["by"] else ""
        claim = f" {one['record']}" if one["record"] != file["id"] else ""
        what = one["what"] or _("nothing more was noted")
        yield printable(f"  {one['on'][:10]} {what}{by}{claim}")
        if claim:
            continue  # told at once because of a danger; an answer is noted with the product
        if one["answer"]:
            said = _("answer on {when}: {answer}").format(when=(one["answered_on"] or "")[:10], answer=one["answer"])
            yield printable(f"    {said}")
        else:
            yield "    " + _("no answer yet")


def _records(file: Row) -> Iterator[str]:
    if file["records"]:
        yield _("what this rests on:")
    for one in file["records"]:
        words = " ".join(filter(None, (one["component"], one["words"])))
        yield printable(f"  {one['on'][:10]} {word(one['what'])} {one['id']} {words}".rstrip())
