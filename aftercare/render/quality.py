"""The quality file in tables and on a product's page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from aftercare.answers.finding import describe
from aftercare.answers.quality import FEWEST
from aftercare.book.shelf import Shelf
from aftercare.language import N_, _, plural, word
from aftercare.plain.text import pad, printable, width
from aftercare.render.rows import Column, Row

_TITLES = {
    "product": N_("product"),
    "model": N_("model"),
    "batch": N_("batch"),
    "component": N_("part"),
    "cause": N_("cause"),
    "month": N_("month"),
    "age": N_("months in service"),
}
_BREADTH = 100
"""A table that would be broader than so many columns leaves out the rate against the time in service."""
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


_MEANS = {
    "early": N_("faults come early and grow rarer with age"),
    "random": N_("no different from faults at random, as far as so few can tell"),
    "wear": N_("faults grow more frequent with age: wear"),
}
_KINDS = {
    "fault": N_("faults"),
    "complaint": N_("complaints"),
    "wish": N_("wishes"),
    "question": N_("questions"),
    "heard": N_("said in passing"),
}
_SHOWN = 3
"""So many of the words on a theme are printed for people, the latest; a machine gets all of them."""


def for_people(row: Row) -> Row:
    """The row with its faults and units as one text, and with its rate against time as another, a column for each."""
    sold = {"sold": row["reached"]} if "reached" in row else {}
    return {**row, "share": share({**row, **sold}), "over_time": over_time(row)}


def columns(per: str, lines: Sequence[Row], shelf: Shelf) -> list[Column]:
    """The columns of a table with a line for each *per*: the faults with the units they are of, and what was counted.

    Of what there was none at all there is no column.  The rate against the time in service stands where there is room
    for it; of months it always does, since they differ in nothing else.
    """
    counts = [Column(field, title) for field, title in (*_COUNTS, *_MORE) if lines[-1].get(field)]
    of_units = N_("faults of units that reached it") if per == "age" else N_("faults of units sold")
    first = [Column(per, _TITLES[per], _name_of(per, shelf)), Column("share", of_units)]
    rate = Column("over_time", N_("per 100 unit-months"))
    broad = [*first, rate, *counts]
    has_room = per in {"month", "age"} or _breadth(broad, lines) <= _BREADTH
    has_any = any(line["per_100_unit_months"] is not None for line in lines)
    return broad if has_room and has_any else [*first, *counts]


def _breadth(columns: Sequence[Column], lines: Sequence[Row]) -> int:
    """How broad a table is; a title takes two columns more than its letters."""
    cells = [
        [width(_(one.title)) + 2, *(width((one.say or str)(line.get(one.field))) for line in lines)] for one in columns
    ]
    return sum(map(max, cells)) + 2 * (len(columns) - 1)


def _name_of(per: str, shelf: Shelf) -> Callable[[Any], str]:
    def say(group: str | int | None) -> str:
        if group is None:
            return _("total")
        if isinstance(group, int):
            return str(group)
        if per == "product":
            return describe(shelf, group)
        return group or _("not said")

    return say


def share(row: Row) -> str:
    """Faults of units sold, and their rate where there are enough units to speak of one; a dash where none was sold."""
    faults, sold, rate = row["faults"], row["sold"], row["rate"]
    if not sold:
        return str(faults) if faults else "–"
    if rate is None and sold < FEWEST:
        return _("{faults} of {sold}, too few to say").format(faults=faults, sold=sold)
    if rate is None or not faults:
        return _("{faults} of {sold}").format(faults=faults, sold=sold)
    return _("{faults} of {sold} ({rate} %)").format(faults=faults, sold=sold, rate=Decimal(str(rate)) or "<0.1")


def over_time(row: Row) -> str:
    """Faults for every hundred unit-months with the reach of chance; a dash where too little time was seen."""
    if row["per_100_unit_months"] is None:
        return "–"
    rate, low, high = (_figure(row[field]) for field in ("per_100_unit_months", "low", "high"))
    return _("{rate} ({low} to {high})").format(rate=rate, low=low, high=high)


def _figure(value: float) -> str:
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


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
    if file["from"] and file["from"] <= file["to"]:
        yield _("from {first} to {last}").format(first=file["from"], last=file["to"])
    yield _("{sold} sold, {left} of them in service").format(sold=file["sold"], left=file["in_service"])
    yield _("faults: {share}").format(share=share(file))
    if file["per_100_unit_months"] is not None:
        months = _("faults per 100 unit-months in service: {rate}; there were {months}")
        yield months.format(rate=over_time(file), months=_figure(file["unit_months"]))
    yield from _lasting(file)
    yield from _fit(file)
    counts = [f"{_(title)} {file[field]}" for field, title in (*_COUNTS, *_MORE) if file[field]]
    if counts:
        yield _(", ").join(counts)
    yield from _groups(_("by part:"), file["components"], "component")
    batches = file["batches"]
    if any(row["batch"] for row in batches):
        yield from _groups(_("by batch:"), batches, "batch")
    yield from _told(file, shelf)
    yield from _records(file)


def _lasting(file: Row) -> Iterator[str]:
    """What share was still without a fault after some months, as far as any unit was looked at so long."""
    marks = [mark for mark in file["survival"] if mark["without_fault"] is not None]
    marks = marks[: sum(mark["at_risk"] > 0 for mark in marks) + 1]  # where all have failed, it is said once
    if file["sold"] < FEWEST and not any(mark["failed"] for mark in marks):
        return
    few = file["sold"] < FEWEST
    if marks:
        yield (
            _("without a fault since the sale, too few units to say:") if few else _("without a fault since the sale:")
        )
    for mark in marks:
        when = plural("after {count} month", "after {count} months", mark["months"]).format(count=mark["months"])
        seen = _("{failed} failed by then, {at_risk} observed that long").format(**mark)
        share = _("{without_fault} % ({low} to {high} %)").format(**mark)
        yield f"  {pad(when, 16)}  {seen}" if few else f"  {pad(when, 16)}  {pad(share, 26)}  {seen}"


def _fit(file: Row) -> Iterator[str]:
    """The curve through the first faults, where one was asked for, and what its shape says."""
    if "fit" not in file:
        return
    fit = file["fit"]
    if fit is None:
        yield _("too few units failed to draw a curve through their first faults")
        return
    means = _MEANS[fit["means"]]
    shape = _("curve of the first faults (Weibull): shape {shape} ({shape_low} to {shape_high}): {means}")
    yield shape.format(**{**fit, "means": _(means)})
    yield _("63 % have failed after {days} days ({days_low} to {days_high})").format(**fit)


def words(rows: Sequence[Row], shelf: Shelf) -> Iterator[str]:
    """What customers said: under each product its themes, under each theme the last of the words."""
    product = None
    for row in rows:
        if row["product"] != product:
            product = row["product"]
            yield printable(describe(shelf, product))
        kinds = _(", ").join(f"{_(_KINDS[kind])} {count}" for kind, count in row["kinds"].items())
        first, last = row["first"][:10], row["last"][:10]
        days = first if first == last else _("from {first} to {last}").format(first=first, last=last)
        theme = row["theme"] or _("no theme")
        counted = _("{count} ({kinds})").format(count=row["count"], kinds=kinds)
        yield printable(f"  {theme}  {counted}  {days}")
        for said in row["words"][:_SHOWN]:
            yield printable(f"    {said['on'][:10]} {said['id']} {said['words']}")
        more = row["count"] - _SHOWN
        if more > 0:
            yield "    " + plural("and {count} more", "and {count} more", more).format(count=more)


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
