"""The leaflet of a product, a page of A4 to hand over at the counter or to post."""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.answers.leaflet import Leaflet
from aftercare.language import _, current, plural
from aftercare.plain.moments import day_of
from aftercare.policies import categories
from aftercare.records.product import Product
from aftercare.render import comes_with
from aftercare.render.credo import on_paper
from aftercare.render.page import Fact, letterhead, listed, page, printed_on
from aftercare.render.slips import Section


def leaflet_page(found: Leaflet) -> str:
    """The leaflet in the language in use."""
    product, shop = found.product, found.shop
    return page(
        "slip.html",
        code=product.id,
        number=product.id,
        title=_("Product information"),
        under="",
        shop=letterhead(shop),
        who=[],
        parts=[*_parts(found)],
        questions=[],
        notices=[
            _("What is said of days and conditions holds for a purchase on the day of printing."),
            *([_("Questions? Please call us: {phone}.").format(phone=shop.phone)] if shop.phone else []),
            _("What the law gives you, you have in any case."),
        ],
        signing=[],
        credo=on_paper(()),
        printed=printed_on(found.printed_on),
    )


def _parts(found: Leaflet) -> Iterator[Section]:
    product = found.product
    yield Section(
        "",
        said=" ".join(filter(None, (product.name, product.model))),
        facts=[*_of_goods(product, found.category)],
        wide=True,
    )
    if guarantee := [*_guarantee(product)]:
        yield Section(_("The maker's own guarantee"), facts=guarantee)
    if more := [*_more(product)]:
        yield Section(_("To read, to see and to ask"), facts=more, wide=True)
    if found.steps:
        columns = [_("What we do for you afterwards"), _("How"), _("When")]
        rows = [[*comes_with.step_words(step)] for step in found.steps]
        yield Section(_("The services that come with it"), columns=columns, rows=rows)
    on = day_of(found.printed_on)
    free = [Fact(*comes_with.service_words(one, on)) for one in found.services if one.state != "no"]
    if free:
        yield Section(_("Delivery and installation"), facts=free, wide=True)


def _of_goods(product: Product, category: str) -> Iterator[Fact]:
    if product.maker:
        yield Fact(_("Maker"), product.maker)
    if category:
        yield Fact(_("Kind of goods"), categories.tree().name(category, current()))
    if product.features:
        yield Fact(_("Good to know"), "\n".join(product.features))
    if product.accessories:
        yield Fact(_("In the box"), listed(product.accessories))


def _guarantee(product: Product) -> Iterator[Fact]:
    if product.maker_months:
        yield Fact(_("The whole"), _months(product.maker_months))
    for one in product.maker_parts:
        yield Fact(one.part, _months(one.months))


def _months(count: int) -> str:
    return plural("{count} month", "{count} months", count).format(count=count)


def _more(product: Product) -> Iterator[Fact]:
    hotline = product.hotline or ""
    if hotline and product.hotline_hours:
        hotline = _("{phone} ({hours})").format(phone=hotline, hours=product.hotline_hours)
    for label, value in (
        (_("Manual"), product.manual),
        (_("Brochure"), product.brochure),
        (_("Page"), product.page),
        (_("Video"), product.video),
        (_("The maker's hotline"), hotline),
    ):
        if value:
            yield Fact(label, value)
