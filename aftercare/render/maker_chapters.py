"""The words of a report to a maker, in chapters that are the same on the screen and on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from aftercare.answers.dangers import Danger
from aftercare.answers.maker_report import MakerReport, OfProduct, Wished
from aftercare.answers.near_the_end import Aged
from aftercare.language import _, word
from aftercare.plain.moments import Moment, iso
from aftercare.records.product import Product
from aftercare.render import complaints, wishes
from aftercare.render.maker_figures import Piece, figure, figures, groups, lasting, months, share_of, table
from aftercare.render.page import Fact


class Chapter(NamedTuple):
    """What is said of all products, or of one."""

    title: str
    pieces: Sequence[Piece]


def title_of(found: MakerReport) -> str:
    """The title of the report."""
    return _("Report to {maker}").format(maker=found.maker)


def time_of(found: MakerReport) -> str:
    """The time that the report is about, in a line."""
    if found.first > found.last:
        return _("from {first}").format(first=found.first.isoformat())
    if found.first == date.min:
        return _("up to {day}").format(day=found.last.isoformat())
    return _("from {first} to {last}").format(first=found.first.isoformat(), last=found.last.isoformat())


def notices(found: MakerReport) -> list[str]:
    """What who reads it has to know: how it was made, and whom to ask."""
    said = [
        _("Units sold and in service are counted up to the last day; a rate is faults for every hundred units sold."),
        _("Who the customers are is not told; “…” stands where their words named somebody."),
    ]
    if found.shop.phone:
        said.append(_("Questions? Please call us: {phone}.").format(phone=found.shop.phone))
    return said


def chapters(found: MakerReport) -> Iterator[Chapter]:
    """All chapters: first what is dangerous and how all products served, then each product."""
    if found.first > found.last:
        yield Chapter(_("At a glance"), [Piece("", said=_("The time asked about has not begun."))])
        return
    yield Chapter(_("At a glance"), [*_dangers(found), _overview(found)])
    for one in found.products:
        yield Chapter(called(one.product), [piece for piece in _pieces(one, found.last) if piece.said or _has(piece)])


def called(product: Product) -> str:
    """A product with its model and its id."""
    return " ".join(filter(None, (product.name, product.model, f"({product.id})")))


def _has(piece: Piece) -> bool:
    return bool(piece.facts or piece.rows)


def _thing(unit: str, serial: str, batch: str = "") -> str:
    return " ".join(filter(None, (unit, serial, batch)))


def _day(moment: Moment | None) -> str:
    return iso(moment)[:10] if moment else ""


def _dangers(found: MakerReport) -> Iterator[Piece]:
    if not found.dangers:
        yield Piece(_("Dangers"), said=_("None was noted."))
    names = {one.product.id: " ".join(filter(None, (one.product.name, one.product.model))) for one in found.products}
    for one in found.dangers:
        what = _("unsafe fault") if one.kind == "unsafe" else word(one.kind)
        title = _("{day} {product}: {what}").format(day=_day(one.on), product=names[one.product], what=what)
        said = "\n".join(dict.fromkeys(" ".join(words.split("\n")) for words in one.words if words))
        yield Piece(title, said=said, facts=[fact for fact in _of_danger(one) if fact.value], is_grave=True)


def _of_danger(one: Danger) -> Iterator[Fact]:
    yield Fact(_("Unit"), one.unit)
    yield Fact(_("Serial number"), one.serial)
    yield Fact(_("Batch"), one.batch)
    yield Fact(_("Part"), one.component)
    yield Fact(_("Cause"), one.cause)
    yield Fact(_("Made safe"), _day(one.made_safe) or _("not yet"))
    yield Fact(_("You were told"), _day(one.told) or _("with this report"))
    yield Fact(_("Record"), _(", ").join(one.records))


def _overview(found: MakerReport) -> Piece:
    columns = [_("product"), _("units sold"), _("in service"), _("faults of units sold"), _("complaints"), _("wishes")]
    columns.append(_("waits for your answer"))
    rows = [
        [
            called(one.product),
            *(str(one.total.sold), str(one.total.in_service), share_of(one.total)),
            *(figure(one.total.complaints), figure(one.total.wishes)),
            figure(sum(told.waits for told in one.told) + sum(wish.waits for wish in one.wishes)),
        ]
        for one in found.products
    ]
    return table(_("All products"), columns, rows)


def _pieces(one: OfProduct, last: date) -> Iterator[Piece]:
    if not one.total.sold:
        yield Piece("", said=_("None of it was sold by {day}.").format(day=last.isoformat()))
    else:
        yield Piece("", facts=[*figures(one)])
        if not (one.total.faults or one.total.seen or one.total.complaints or one.total.wishes):
            yield Piece("", said=_("Nothing was noted of it in this time."))
    yield lasting(one)
    yield from groups(one)
    yield _faults(one)
    yield table(
        _("Repaired again for the same fault"),
        [_("day"), _("unit, serial number"), _("part"), _("what was done"), _("record")],
        ([_day(row.on), _thing(row.unit, row.serial), row.component, row.words, row.claim] for row in one.came_back),
    )
    yield _complaints(one)
    yield _told(one)
    yield from _wishes(one)
    yield _near_end(one.near_end)
    yield table(
        _("Gone out of use for good"),
        [_("day"), _("unit, serial number, batch"), _("in use"), _("faults"), _("why")],
        (
            [
                _day(row.on),
                _thing(row.unit, row.serial, row.batch),
                months(row.months),
                figure(row.faults),
                row.reason,
            ]
            for row in one.gone
        ),
    )


def _faults(one: OfProduct) -> Piece:
    columns = [_("day"), _("unit, serial number, batch"), _("in use"), _("part"), _("words"), _("cause")]
    columns += [_("how grave"), _("record")]
    rows = [
        [
            *(
                _day(row.on),
                _thing(row.unit, row.serial, row.batch),
                months(row.months),
                row.component,
                row.symptom,
            ),
            *(row.cause, word(row.severity) if row.severity else "", row.claim),
        ]
        for row in one.faults
    ]
    return table(_("Faults one by one"), columns, rows)


def _complaints(one: OfProduct) -> Piece:
    columns = [_("day"), _("unit, serial number"), _("words"), _("cause"), _("at fault"), _("how far")]
    rows = [
        [
            *(_day(row.on), _thing(row.unit, row.serial), row.words, row.cause),
            *(word(row.fault) if row.fault else "", complaints.how_far(row.stage), row.id),
        ]
        for row in one.complaints
    ]
    return table(_("Complaints"), [*columns, _("record")], rows)


def _told(one: OfProduct) -> Piece:
    rows = [
        [
            _day(row.on),
            row.what or _("nothing more was noted"),
            row.answer or (_("no answer yet") if row.waits else ""),
            _day(row.answered_on),
            row.record,
        ]
        for row in one.told
    ]
    columns = [_("day"), _("what"), _("your answer"), _("answered on"), _("record")]
    return table(_("What you were told, and answered"), columns, rows)


def _wishes(one: OfProduct) -> Iterator[Piece]:
    if one.themes.rows:
        yield Piece(
            _("Wishes by theme"),
            columns=[_("theme"), *one.themes.columns, _("in all")],
            rows=[
                [row.theme or _("not said"), *(figure(count) for count in row.counts), str(row.total)]
                for row in one.themes.rows
            ],
        )
    columns = [_("day"), _("theme"), _("kind"), _("words"), _("how far"), _("your answer"), _("record")]
    rows = (
        [_day(row.on), row.theme, word(row.nature), row.words, _how_far(row), _answer(row), row.id]
        for row in one.wishes
    )
    yield table(_("Wishes in the customers' words"), columns, rows)


def _how_far(wish: Wished) -> str:
    if wish.is_new and wish.standing.stage == "heard":
        return _("you hear of it now")
    return wishes.how_far(wish.standing)


def _answer(wish: Wished) -> str:
    if wish.waits:
        return _("no answer yet")
    if wish.taken_up is None:
        return wish.answer
    taken = word("taken_up" if wish.taken_up else "not_taken_up")
    return _("{answer} ({taken})").format(answer=wish.answer, taken=taken)


def _near_end(units: Sequence[Aged]) -> Piece:
    columns = [_("end"), _("unit, serial number, batch"), _("in use since"), _("in use"), _("faults")]
    rows = (
        [
            *(_ending(row), _thing(row.unit, row.serial, row.batch), _day(row.since), months(row.months)),
            figure(row.faults),
        ]
        for row in units
    )
    return table(_("Units near the end of their life"), columns, rows)


def _ending(row: Aged) -> str:
    """When the life of a unit ends, and what says so; "" for one that only failed often."""
    if row.ending is None:
        return ""
    on = row.ending.on.isoformat()
    if row.ending.what == "life":
        return on
    return _("{day}, your guarantee on {part}").format(day=on, part=row.ending.part or _("the whole"))
