"""A record with comments, odd spacing, unknown keys and CRLF survives every edit with only the wanted bytes changed.

Edits are made as ``set`` and the own verbs make them, in memory; ruamel.yaml, which shares no code with the tool's own
splicing, says whether the file means what was asked for.
"""

from __future__ import annotations

import difflib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.errors import UnsatisfiedAssumption
from ruamel.yaml import YAML

from aftercare.book.book import Book
from aftercare.book.pen import Pen
from aftercare.commands.changes import edits_of
from aftercare.commands.deeds import reader
from aftercare.commands.session import Session
from aftercare.errors import AftercareError
from aftercare.plain.reading import read
from aftercare.plain.splicing import Append, Edit, Set, applied, apply
from aftercare.plain.tree import Tree

SALE = """\
# 三月的第三单 -- 老客户
id:   SA26-0001      # the id

customer: CU26-0001
sold_on: "2026-03-03"
colour_of_van:  'blue'   # not ours, kept
items:
  # the air conditioner
- {product: PR26-0001,   serial: 'KF35-001',price: 3299.00}   # with the bracket

-   product: PR26-0002   # chairs
    qty: 12
    odd:   {a: 1,  b: [x,y]}
    price:   58.00

told:
    deliver: {from: 2026-03-04T09:00,  by: 2026-03-04T18:00}  # he works until five
tags: [ vip , "老客户" ]
note: |
  first line
    indented

  last line
attachments:
  - a.jpg   # the front
  - 'b.jpg'
# the end
"""
DELIVERY = """\
id: DE26-0001
sale:  SA26-0001   # all of it
arranged_on: 2026-03-03
vehicle:    浙A·12345
weather: {sky: grey, wind:  3}
moved:
- {to: 2026-03-05, asked_by: customer, reason: '出差'}   # by phone
# signed on paper too
opened:   yes
"""
INSTALLATION = """\
id: IN26-0001
sale: SA26-0001
arranged_on: 2026-03-03      # in the shop
checklist: [ 抽真空 ,检漏 ]  # the rest tomorrow
ladder: 3m
"""
CUSTOMER = """\
id: CU26-0001
name: "王建国"   # 老王
phones: [13800138000,057188885678]
address:   {text: 文三路,   distance_km: 12}
needs:
  - elderly
birthday: {lunar: 八月十五}   # he says
nickname: 老王
consent:
    greetings:  yes
    dog: bites
"""
FILES = {
    "aftercare.yaml": "currency: CNY\ngit: no\n",
    "customers/2026/CU26-0001.yaml": CUSTOMER,
    "customers/2026/CU26-0002.yaml": "id: CU26-0002\nname: 李梅\n",
    "products/2026/PR26-0001.yaml": "id: PR26-0001\nname: 空调\ncategory: air_conditioner\n",
    "products/2026/PR26-0002.yaml": "id: PR26-0002\nname: 折叠椅\ncategory: furniture\n",
    "sales/2026/SA26-0001.yaml": SALE,
    "deliveries/2026/DE26-0001.yaml": DELIVERY,
    "installations/2026/IN26-0001.yaml": INSTALLATION,
}
NOW = datetime(2026, 3, 10, 12, 0)
WORDS = st.text(st.sampled_from("ab 王#:'\"-{}[],&*!|>%@`=?~1.\\"), min_size=1, max_size=12).map(str.strip).filter(bool)
AMOUNTS = st.decimals(0, 9999, places=2).map(str)
DAYS = st.sampled_from(["2026-03-01", "2026-03-09", "2026-03-04T18:00"])

SALE_CHANGES = st.one_of(
    WORDS.map("note={}".format),
    WORDS.map("agreed={}".format),
    WORDS.map("invoice={}".format),
    WORDS.map("tags+={}".format),
    WORDS.map("colour_of_van={}".format),
    WORDS.map("items.2.odd.a={}".format),
    WORDS.map("items.1.serial={}".format),
    AMOUNTS.map("items.1.price={}".format),
    AMOUNTS.map("items.2.price={}".format),
    st.integers(1, 99).map("items.2.qty={}".format),
    AMOUNTS.map("items+=product=PR26-0002,price={}".format),
    DAYS.map("told.deliver.by={}".format),
    DAYS.map("told.install.by={}".format),
    DAYS.map("items.1.told.deliver.by={}".format),
    DAYS.map("cancelled.on={}".format),
    WORDS.map("tags.1={}".format),
    st.sampled_from(
        [
            "tags-=vip", "tags-=老客户", "tags=", "tags=neu", "attachments-=a.jpg", "attachments+=c.jpg",
            "attachments.2=", "note=", "colour_of_van=", "items.2.odd=", "items.2.odd.b.1=z", "items.2.odd.b+=z",
            "items.1.serial=", "items.1=", "items.2.price=", "told=", "told.deliver.from=", "customer=CU26-0002",
            "channel=online", "items.1.taken=yes", "items.2.taken=no", "sold_on=2026-03-02", "items.2.packing.wanted=x",
        ]
    ),
)  # fmt: skip
CUSTOMER_CHANGES = st.one_of(
    WORDS.map("name={}".format),
    WORDS.map("nickname={}".format),
    WORDS.map("phones+={}".format),
    WORDS.map("address.text={}".format),
    WORDS.map("preferences+={}".format),
    WORDS.map("consent.dog={}".format),
    st.sampled_from(
        [
            "phones-=13800138000", "phones.2=1", "phones=", "address=", "address.distance_km=", "address.floor=7",
            "needs-=elderly", "needs+=ill", "needs=disabled", "needs=", "birthday=1958-09-27", "birthday=",
            "birthday=农历九月初九", "consent.greetings=no", "consent.greetings=", "consent.messages=yes", "consent=",
            "contacts+=name=王小明,relation=儿子", "referred_by=CU26-0002", "left.on=2026-03-01", "nickname=",
        ]
    ),
)  # fmt: skip


@cache
def _pen(folder: str) -> Pen:
    book = Book(Path(folder))
    return Pen(book, book.read(), NOW)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A book with the records above."""
    root = tmp_path_factory.mktemp("book")
    for file, text in FILES.items():
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_bytes(text.encode())
    return str(root)


def _meaning(data: bytes) -> Any:
    """What a file says, by a reader that is not ours; every scalar is the text that is written."""
    yaml = YAML(typ="rt", pure=True)
    yaml.Constructor = _AllText
    return _plain(yaml.load(data.decode()))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return None if value is None else str(value)


def _all_text() -> Any:
    from ruamel.yaml.constructor import SafeConstructor

    class AllText(SafeConstructor):
        """Scalars without their types, but for what is empty or ``~``."""

        def construct_text(self, node: Any) -> str | None:
            return None if node.style is None and node.value in {"", "~"} else str(node.value)

    for tag in ("int", "float", "bool", "timestamp", "str", "null"):
        AllText.add_constructor(f"tag:yaml.org,2002:{tag}", AllText.construct_text)
    return AllText


_AllText = _all_text()


def _changed_lines(before: str, after: str) -> tuple[set[int], int]:
    """Which lines of the text before are gone or other, and how many lines came in."""
    gone: set[int] = set()
    came = 0
    matcher = difflib.SequenceMatcher(None, before.splitlines(keepends=True), after.splitlines(keepends=True), False)
    for what, start, end, new_start, new_end in matcher.get_opcodes():
        if what != "equal":
            gone |= set(range(start, end))
            came += new_end - new_start
    return gone, came


def _proven(text: str, edits: list[Edit], ends: str) -> None:
    """The file after the edits means what was asked for, and what was not asked for is there byte for byte."""
    data = text.replace("\n", ends).encode()
    tree = read(data, "f")
    after = apply(data, edits, "f")
    meant = applied(tree, edits)
    assert _meaning(after) == meant
    assert read(after, "f") == meant
    assert after.count(b"\r") == (after.count(b"\n") if ends == "\r\n" else 0)
    gone, came = _changed_lines(text, after.decode().replace("\r\n", "\n"))
    lines = text.splitlines()
    for number in gone:  # a line that another key begins may change only where that key was edited
        name = lines[number].partition(":")[0]
        if name.isidentifier():
            assert name in {str(edit.path[0]) for edit in edits}, lines[number]
    comments = [line.partition("#")[2] for line in lines if " #" in f" {line}" and "#" in line]
    if all(
        isinstance(edit, Append) or (isinstance(edit, Set) and not isinstance(edit.value, dict | list))
        for edit in edits
    ):
        kept = after.decode()
        assert [comment for comment in comments if comment not in kept] == []
    assert came <= len(gone) + 3 * len(edits) + sum(str(getattr(edit, "value", "")).count("\n") for edit in edits)


def _edits(folder: str, kind: str, record: str, changes: list[str]) -> list[Edit]:
    """The edits that ``set`` makes of the changes; what it refuses is no example."""
    pen = _pen(folder)
    try:
        return edits_of(kind, record, tuple(changes), reader(Session(today="2026-03-10"), pen.shelf), pen)
    except AftercareError:
        raise UnsatisfiedAssumption from None


QUICK = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
ENDS = st.sampled_from(["\n", "\r\n"])


@QUICK
@given(st.lists(SALE_CHANGES, min_size=1, max_size=4), ENDS)
def test_a_sale_survives_every_form_of_set(folder: str, changes: list[str], ends: str) -> None:
    """path=V, path+=V, path-=V, path=, items.N.path=V, alone and together."""
    _proven(SALE, _edits(folder, "sale", "SA26-0001", changes), ends)


@QUICK
@given(st.lists(CUSTOMER_CHANGES, min_size=1, max_size=4), ENDS)
def test_a_customer_survives_every_form_of_set(folder: str, changes: list[str], ends: str) -> None:
    """The same for lists on one line, groups, birthdays and yes and no."""
    _proven(CUSTOMER, _edits(folder, "customer", "CU26-0001", changes), ends)


@QUICK
@given(
    st.lists(
        st.one_of(
            WORDS.map(lambda by: Set(("signed",), {"by": by, "at": "2026-03-09T10:00"})),
            WORDS.map(lambda why: Append(("moved",), {"to": "2026-03-09", "asked_by": "customer", "reason": why})),
            WORDS.map(lambda note: Append(("attempts",), {"at": "2026-03-09", "outcome": "refused", "note": note})),
            WORDS.map(lambda damage: Set(("damage",), damage)),
            st.sampled_from(["yes", "no"]).map(lambda said: Set(("opened",), said)),
        ),
        min_size=1,
        max_size=4,
    ),
    ENDS,
)
def test_a_delivery_survives_its_own_verbs(edits: list[Edit], ends: str) -> None:
    """sign, postpone and attempt add to the file as ``set`` does."""
    _proven(DELIVERY, edits, ends)


@QUICK
@given(st.lists(WORDS.map(lambda item: Append(("checklist",), item)), min_size=1, max_size=3), ENDS)
def test_a_checklist_survives_its_ticks(edits: list[Edit], ends: str) -> None:
    """Items are added to a list on one line without reflowing it."""
    _proven(INSTALLATION, edits, ends)


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("change", "before", "after"),
    [
        ("items.1.price=3199", "price: 3299.00}", "price: 3199.00}"),
        ("items.2.price=60", "price:   58.00", "price:   60.00"),
        ("tags+=neu", '"老客户" ]', '"老客户", neu ]'),
        ("tags-=vip", "[ vip , ", "[ "),
        ("colour_of_van=red", "'blue'", "red"),
        ("items.1.serial=", "   serial: 'KF35-001',price", "   price"),
        ("attachments-=a.jpg", "  - a.jpg   # the front\n", ""),
        ("invoice=00123456", "# the end\n", "invoice: \"00123456\"\n# the end\n"),
        ("note=x", "|\n  first line\n    indented\n\n  last line\n", "x\n"),
    ],
)  # fmt: skip
def test_just_these_bytes_change(folder: str, change: str, before: str, after: str, ends: str) -> None:
    """The same by example, to the byte."""
    assert SALE.count(before) == 1
    data, wanted = (text.replace("\n", ends).encode() for text in (SALE, SALE.replace(before, after)))
    assert apply(data, _edits(folder, "sale", "SA26-0001", [change]), "f") == wanted


def test_the_oracle_tells_texts_apart() -> None:
    """It reads as our own reader does, or the comparisons above would compare nothing."""
    text = "a: 010\nb: no\nc: ~\nd: '~'\ne:\nf: 2026-03-04\ng: [1.10, x]\n"
    found: dict[str, Tree] = {
        "a": "010",
        "b": "no",
        "c": None,
        "d": "~",
        "e": None,
        "f": "2026-03-04",
        "g": ["1.10", "x"],
    }
    assert _meaning(text.encode()) == found == read(text.encode(), "f")
