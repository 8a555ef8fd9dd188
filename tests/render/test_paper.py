"""Pages of paper: nothing that a record says can act, hide, load or be lost on them."""

from __future__ import annotations

from datetime import date, datetime
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare import language
from aftercare.answers.papers import Party, Time
from aftercare.answers.promises import Term
from aftercare.answers.sheet import DeliverySheet, Label, SheetLine
from aftercare.book.settings import Shop
from aftercare.records.customer import Customer
from aftercare.records.delivery import Delivery
from aftercare.records.sale import Sale
from aftercare.render.paper import delivery_page, label_page

SHOP = Shop.model_validate(
    {"name": "阳光家电", "address": "天目山路18号", "phone": "0571-88001234", "services": ["三包"]}
)
SALE: dict[str, Any] = {"id": "SA26-0012", "customer": "CU26-0001", "sold_on": "2026-03-03", "invoice": "00123456"}
WORK: dict[str, Any] = {"id": "DE26-0009", "sale": "SA26-0012"}
LINE = SheetLine(2, "餐椅", "KF-1", 12, 4, 5, "每四把一箱", "白色", ("遥控器",))
TOLD = Term(datetime(2026, 3, 4, 18), datetime(2026, 3, 4, 9))
HOSTILE = "<script>alert(1)</script>\"'&{{ 7*7 }}{% raw %}\x1b[2J\u202egnp.exe\x00"
HTML_OF_HOSTILE = "&lt;script&gt;alert(1)&lt;/script&gt;&#34;&#39;&amp;{{ 7*7 }}{% raw %}\\x1b[2J\\u202egnp.exe\\x00"


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page speaks English, whatever was spoken before."""
    monkeypatch.setenv("LANGUAGE", "en")
    language.use("en")


def sheet(text: str = "x", **other: Any) -> DeliverySheet:
    """A sheet on which every text of a record is *text*."""
    facts: dict[str, Any] = {
        "sale": Sale.model_construct(
            **{**SALE, "sold_on": date(2026, 3, 3), "invoice": text, "order": text, "agreed": text}
        ),
        "delivery": Delivery.model_validate(
            {
                **WORK,
                "vehicle": text,
                "difficulty": text,
                "damage": text,
                "confirmed": {"by": text, "at": "2026-03-04"},
                "signed": {"by": f"{text}.", "at": "2026-03-04"},
            }
        ),
        "customer": Customer.model_validate(
            {
                "id": "CU26-0001",
                "name": f"{text}.",
                "preferences": [text],
                "needs": ["elderly"],
                "consent": {"quiet": text},
            }
        ),
        "printed_on": date(2026, 3, 4),
        "shop": Shop.model_validate({"name": text, "address": text, "phone": text, "hours": text, "services": [text]}),
        "recipient": Party(text, text, text),
        "buyer": Party(text, text, text),
        "floor": text,
        "person": text,
        "times": (Time(TOLD, None, True, (2,)),),
        "lines": (SheetLine(2, text, text, 12, 4, 5, text, text, (text,)),),
        "later": (SheetLine(3, text, text, 2, 0, 0, text, text, ()),),
    }
    return DeliverySheet(**{**facts, **other})


def label(text: str = "x", **other: Any) -> Label:
    """A label on which every text of a record is *text*."""
    shop = Shop.model_validate({"name": text, "address": text, "phone": text, "hours": text, "services": [text]})
    facts: dict[str, Any] = {
        "unit": "SA26-0012/1",
        "shop": shop,
        "product": text,
        "model": text,
        "maker": text,
        "hotline": text,
        "serial": text,
        "pieces": 2,
        "nature": (),
        "packing": text,
        "recipient": Party(text, text, text),
    }
    return Label(**{**facts, **other})


class Seen(HTMLParser):
    """What a browser would make of a page: its elements, attributes and text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One element."""
        self.tags.add(tag)
        self.text += " "
        self.attributes.extend(attrs)

    def handle_data(self, data: str) -> None:
        """Text between elements."""
        self.text += data


def body(page: str) -> str:
    """The page without its style."""
    return page.partition("</head>")[2]


@pytest.mark.parametrize("page", [delivery_page(sheet(HOSTILE)), label_page([label(HOSTILE)])], ids=["sheet", "label"])
def test_what_a_record_says_is_only_text(page: str) -> None:
    """Markup, quotes, template code, control and direction-changing characters are printed, and do nothing."""
    seen = Seen(page)
    assert "script" not in seen.tags
    assert HTML_OF_HOSTILE in page
    assert "49" not in body(page)
    assert not any(char in page for char in "\x1b\x00\u202e")
    assert not [name for name, __ in seen.attributes if name.startswith("on")]


def test_every_text_of_a_sheet_is_printed_as_often_as_it_is_said() -> None:
    """No fact is lost on the way to paper: each of the texts is found, escaped."""
    plain, hostile = body(delivery_page(sheet("Zq7"))), body(delivery_page(sheet(HOSTILE)))
    assert plain.count("Zq7") == hostile.count(HTML_OF_HOSTILE) >= 24


@given(text=st.text(min_size=1, max_size=20))
@settings(max_examples=15, deadline=None)
def test_no_text_adds_an_element_or_an_attribute(text: str) -> None:
    """Whatever is typed, the page has the elements and the attributes that its template gives it."""
    for ours, plain in (
        (delivery_page(sheet(f"a{text}", delivery=None)), delivery_page(sheet("a", delivery=None))),
        (label_page([label(f"a{text}")]), label_page([label("a")])),
    ):
        assert (Seen(ours).tags, Seen(ours).attributes) == (Seen(plain).tags, Seen(plain).attributes)


@pytest.mark.parametrize("page", [delivery_page(sheet()), label_page([label()])], ids=["sheet", "label"])
def test_a_page_stands_alone(page: str) -> None:
    """It says its language and its encoding, forbids itself everything but its style, and loads nothing."""
    seen = Seen(page)
    assert ("lang", "en") in seen.attributes
    assert ("charset", "utf-8") in seen.attributes
    assert ("content", "default-src 'none'; style-src 'unsafe-inline'") in seen.attributes
    assert seen.tags.isdisjoint({"script", "link", "img", "iframe", "object", "form", "a"})
    assert not {"src", "href", "action"} & {name for name, __ in seen.attributes}
    assert not any(word in page for word in ("http://", "https://", "url(", "@import"))
    assert "@media print" in page
    assert "@page { size: A4" in page


def test_the_language_in_use_is_the_page_s(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Chinese page says so, so that a browser takes Chinese letterforms."""
    monkeypatch.setattr("aftercare.render.page.current", lambda: "zh")
    assert '<html lang="zh-CN">' in delivery_page(sheet())


def text_of(**facts: Any) -> str:
    """The words of a sheet with these facts."""
    return " ".join(Seen(body(delivery_page(sheet(**facts)))).text.split())


def test_the_lines_say_what_comes_now_and_what_remains() -> None:
    """Ordered, before, now, still to come; the packing asked for and what was agreed; never a price."""
    found = text_of(lines=(LINE,), later=())
    assert "2 餐椅 Agreed for this buyer: 白色 Packing asked for: 每四把一箱 In the box: 遥控器 KF-1 12 4 5 3" in found
    assert "Price" not in found


def test_what_is_still_to_come_is_named() -> None:
    """Lines that this delivery does not bring are named with their pieces."""
    later = (SheetLine(3, "餐椅", "", 12, 4, 0, "", "", ()), SheetLine(4, "桌子", "", 1, 0, 0, "", "", ()))
    assert "Not on this delivery, still to come: 8 × 餐椅, 1 × 桌子" in text_of(later=later)
    assert "still to come:" not in text_of(later=())


@pytest.mark.parametrize(
    ("time", "said"),
    [
        (Time(TOLD, None, True, (1,)), "Promised time Wed 4 March 2026, 09:00 to 18:00 "),
        (Time(Term(date(2026, 3, 4)), None, False, (1,)), "Planned time by Wed 4 March 2026 "),
        (
            Time(Term(datetime(2026, 3, 5, 20)), TOLD, True, (1,)),
            "Promised time by Thu 5 March 2026 20:00 (moved from: Wed 4 March 2026, 09:00 to 18:00) ",
        ),
        (
            Time(Term(date(2026, 3, 6), date(2026, 3, 4)), None, True, (1,)),
            "Promised time from Wed 4 March 2026 to Fri 6 March 2026 ",
        ),
    ],
)
def test_a_time_is_said_as_it_was_promised(time: Time, said: str) -> None:
    """A window with its ends, a deadline with its day, and the time before it was moved."""
    assert said in text_of(times=(time,))


def test_several_times_name_their_lines() -> None:
    """Where lines were told different times, each says for which."""
    other = Time(Term(date(2026, 3, 9)), None, True, (2, 3))
    found = text_of(times=(Time(TOLD, None, True, (1,)), other))
    assert "line 1: Wed 4 March 2026, 09:00 to 18:00" in found
    assert "lines 2, 3: by Mon 9 March 2026" in found


def ticks(page: str) -> list[bool]:
    """The boxes of a page, in order: ticked or not."""
    return [part.startswith("✓") for part in page.split('<span class="box">')[1:]]


def test_boxes_are_empty_before_the_delivery() -> None:
    """Nothing is ticked that nobody has said: confirmed, opened, no damage, damage, not charged, charged, questions."""
    assert ticks(delivery_page(sheet(delivery=None))) == [False] * 8
    assert ticks(delivery_page(sheet(delivery=Delivery.model_validate(WORK)))) == [False] * 8


@pytest.mark.parametrize(
    ("facts", "ticked"),
    [
        ({"confirmed": {"by": "王小明", "at": "2026-03-04T15:00"}}, 0),
        ({"opened": "yes"}, 1),
        ({"damage": "none"}, 2),
        ({"damage": "角上有划痕"}, 3),
    ],
)
def test_what_the_book_knows_is_ticked(facts: dict[str, Any], ticked: int) -> None:
    """A sheet printed again shows what was written down, and that alone."""
    page = delivery_page(sheet(delivery=Delivery.model_validate({**WORK, **facts})))
    assert [n for n, is_ticked in enumerate(ticks(page)) if is_ticked] == [ticked]
    for said in (facts.get("damage"), facts.get("confirmed", {}).get("by")):
        assert said is None or said in page


def test_the_customer_is_told_whom_to_call_about_a_charge() -> None:
    """Delivery is free, and the phone to report a charge stands on the sheet; without a phone the sentence is whole."""
    assert "please call us: 0571-88001234." in text_of(shop=SHOP)
    assert "please tell us." in text_of(shop=Shop.model_validate({"name": "阳光家电"}))


def test_an_unknown_person_or_phone_leaves_a_line_to_write_on() -> None:
    """What the book does not know can be written by hand."""
    known = delivery_page(sheet())
    unknown = delivery_page(sheet(person="", recipient=Party("王小明", "", ""), times=()))
    blank = '<span class="blank"></span>'
    assert (known.count(blank), unknown.count(blank)) == (0, 4)


def test_the_buyer_is_named_only_beside_another_recipient() -> None:
    """One card for one person, two for two."""
    assert "Buyer" in text_of()
    assert "Buyer" not in text_of(buyer=None)


def test_an_address_keeps_its_lines() -> None:
    """A line break in an address is one on paper; it is not shown as an escape."""
    assert "一号\n二号" in delivery_page(sheet(recipient=Party("王", "1", "一号\r\n二号")))


def test_a_label_says_who_what_and_from_whom() -> None:
    """Shop, address, phone and services; product, model, serial number and maker; the recipient; the sale's line."""
    one = label(
        shop=SHOP, product="空调", model="KFR-35", serial="KF-1", maker="格力", hotline="400", packing="", pieces=1
    )
    found = " ".join(Seen(body(label_page([one]))).text.split())
    for words in (
        "空调 KFR-35 1 piece SA26-0012/1 Serial number KF-1 Maker 格力, 400",
        "阳光家电 天目山路18号 Phone 0571-88001234 Our services: 三包",
    ):
        assert words in found
    assert "Packing" not in found


def test_signs_are_those_of_the_goods_nature() -> None:
    """Goods that need care say so on the pack, and others say nothing."""
    every = label(nature=("gift", "glass", "damp_sensitive", "fire_sensitive"))
    found = unescape(label_page([every]))
    for words in ("Gift", "Glass", "Keep dry", "Keep away from fire"):
        assert words in found
    assert 'class="sign"' not in label_page([label()])


def test_copies_are_of_each_label() -> None:
    """Copies of a label lie beside each other."""
    page = label_page([label(unit="SA26-0012/1"), label(unit="SA26-0012/2")], copies=3)
    units = [part[:11] for part in page.split('<figcaption class="code">')[1:]]
    assert units == ["SA26-0012/1"] * 3 + ["SA26-0012/2"] * 3
