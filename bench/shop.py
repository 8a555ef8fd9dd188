"""The shop whose realistic book is written: what it sells, who works there, and the numbers its records bear."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from aftercare.plain.writing import mapping_lines
from bench.records import LAST

One = TypeVar("One")
FIRST = date(2016, 11, 21)
"""Ten years before the last day: the day on which the book begins."""
BEGINS = date(2026, 1, 1)
"""Since then plans are followed, and every call and visit they ask for is in the book."""
LATELY = date(2025, 1, 1)
"""What is in hand is about what was sold since, but for a few matters that everybody forgot."""
CLOSED = date(2024, 12, 31)
"""What grows alone, where only years long past grow, had ended by this day."""


class Written(NamedTuple):
    """One record as it goes into a file, with what the same record is for a program that knows only tasks."""

    kind: str
    id: str
    day: date
    text: str
    """Everything that follows the id, in the canonical form."""
    customer: str = ""
    due: date | None = None
    """When what the record still owes is due; None where nothing is owed any more."""

    @property
    def is_open(self) -> bool:
        """Whether something is still owed because of this record."""
        return self.due is not None

    @property
    def is_overdue(self) -> bool:
        """Whether that should have been done by now."""
        return self.due is not None and self.due < LAST

    @property
    def path(self) -> str:
        """The file of the record in its book."""
        return f"{FOLDERS[self.kind]}/20{self.id[2:4]}/{self.id}.yaml"


FOLDERS = {
    "CU": "customers", "PR": "products", "SA": "sales", "DE": "deliveries", "IN": "installations", "CL": "claims",
    "VI": "visits", "CO": "complaints", "PM": "promises", "PA": "parts", "ST": "staff", "WI": "wishes",
    "EN": "enquiries", "OF": "offers", "EV": "events", "PT": "points",
}  # fmt: skip


class Goods(NamedTuple):
    """A product, as sales need to know it."""

    id: str
    model: str
    price: str
    under_law: bool
    ticks: str
    """What is ticked when it is put up, as the file of an installation says it; empty where it works as it is."""


class Customer(NamedTuple):
    """Somebody who bought something, and since when the shop knows them."""

    id: str
    since: date


class Sold(NamedTuple):
    """Something that was sold, when, to whom, and since when the shop knows them."""

    unit: str
    on: date
    customer: str
    since: date


class Range(NamedTuple):
    """A kind of goods of which the shop has several models."""

    name: str
    category: str
    letters: str
    price: int
    ticks: tuple[str, ...] = ()
    """What is ticked when it is put up; nothing where it works as it is."""


_COOLING = "附件齐全 保护家居 安装位置 支架牢固 挂板水平 排水管坡度 接线 抽真空 保压 检漏 排水试验 "
_COOLING += "绝缘电阻 接地 漏电检查 试机 讲解使用"
_HEATING = "先注满水 管路检漏 漏电保护 接地 防烫防冻 试机 讲解使用"
_HOOD = "距灶面高度 独立排烟 通风 试机 讲解使用"
_ANY = "配件齐全 装配到位 调试 讲解使用 答复询问 留下服务电话"
RANGES = (
    Range("落地扇", "电风扇", "FS", 158),
    Range("空调", "分体空调", "KFR", 2799, tuple(_COOLING.split())),
    Range("电饭煲", "电饭煲", "FB", 299),
    Range("滚筒洗衣机", "滚筒洗衣机", "XQG", 2399),
    Range("电热水器", "电热水器", "DSF", 1249, tuple(_HEATING.split())),
    Range("电热水壶", "电热水壶", "YS", 119),
    Range("冰箱", "冰箱", "BCD", 2499),
    Range("油烟机", "油烟机", "CXW", 1699, tuple(_HOOD.split())),
    Range("取暖器", "取暖器", "NDY", 239),
    Range("净水器", "净水器", "RO", 1899, tuple(_ANY.split())),
)
UNDER_LAW = frozenset({"KFR", "XQG", "BCD"})
"""Goods for which the law says how long a repair may take."""
SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡林郭何高罗"
GIVEN = ("建国", "桂珍", "晓明", "月娥", "丽", "志强", "秀英", "军", "玉兰", "伟", "福生", "敏", "立新", "洁", "国华")
ROLES = ("营业员", "司机", "师傅", "师傅", "客服")


class Shop:
    """What is drawn from the one seed: goods, people, and the records written so far in the order of their making."""

    def __init__(self, records: int, seed: int = 9) -> None:
        self.rng = random.Random(seed)
        self.numbers: Counter[tuple[str, int]] = Counter()
        self.counts: Counter[str] = Counter()
        self.goods: list[Goods] = []
        self.staff: list[str] = []
        self.fitters: list[str] = []
        self.customers: list[Customer] = []
        self.units: list[Sold] = []
        """What was sold, and to whom."""
        self.under_law: list[Sold] = []
        """The same of such goods only as the law gives a time for a repair."""
        self.until = LAST
        """Nothing that is told ends later than this day."""
        self.made: list[Written] = []
        scale = max(records / 1000, 0.2)
        self._hire(round(6 * scale**0.35))
        self._list_goods(round(12 * scale**0.5))

    def new(self, kind: str, day: date, text: str, customer: str = "", due: date | None = None) -> str:
        """A record made on a day gets the next number of its year; the number comes back."""
        record = self.number(kind, day)
        self.keep(Written(kind, record, day, text, customer, due))
        return record

    def number(self, kind: str, day: date) -> str:
        """The next number of a kind in the year of a day, for a record whose text is not known yet."""
        self.numbers[kind, day.year] += 1
        return f"{kind}{day.year % 100:02}-{self.numbers[kind, day.year]:04}"

    def keep(self, written: Written) -> None:
        """A record that has its number already."""
        self.made.append(written)
        self.counts["records"] += 1
        self.counts["open"] += written.is_open
        self.counts["overdue"] += written.is_overdue

    def name(self) -> str:
        """The name of somebody."""
        return self.rng.choice(SURNAMES) + self.rng.choice(GIVEN)

    def somebody(self) -> str:
        """One of the shop's people."""
        return self.rng.choice(self.staff)

    def known(self, day: date, since: date = FIRST) -> str:
        """A customer whom the shop knew by a day, and not before another."""
        return self._drawn(self.customers, lambda one: since <= one.since < day).id

    def sold(self, day: date, *, under_law: bool = False) -> Sold:
        """Something that was sold lately, and before a day, to one who came lately."""
        among = self.under_law if under_law else self.units
        return self._drawn(among, lambda one: one.since >= LATELY and one.on < day)

    def _drawn(self, among: Sequence[One], fits: Callable[[One], bool]) -> One:
        """One of them that fits; the first where chance finds none."""
        drawn = (self.rng.choice(among) for _ in range(200))
        return next((one for one in drawn if fits(one)), among[0])

    def day(self, first: date, last: date) -> date:
        """A day of a span."""
        return first + timedelta(days=int((last - first).days * self.rng.random()))

    def _hire(self, people: int) -> None:
        for at in range(people):
            day = FIRST if at < 3 else self.day(FIRST, LAST)
            role = ROLES[at % len(ROLES)]
            text = f"name: {self.name()}\nphone: {12100000000 + at}\nrole: {role}\n"
            if role == "师傅":
                text += "certificates:\n- {name: 制冷作业证, until: 2029-06-30}\n- {name: 电工证, until: 2030-03-31}\n"
            record = self.new("ST", day, text, due=date(2029, 6, 30) if role == "师傅" else None)
            self.staff.append(record)
            if role == "师傅":
                self.fitters.append(record)

    def _list_goods(self, products: int) -> None:
        for at in range(products):
            one, model = RANGES[at % len(RANGES)], 20 + at
            day = FIRST if at < len(RANGES) else self.day(FIRST, LAST)
            text = f"name: {one.name}\ncategory: {one.category}\nmodel: {one.letters}-{model}\nmaker: 晨屿电器\n"
            text += "bulky: yes\n" if one.price > 1000 else ""
            text += f"maker_months: {12 if one.price < 1000 else 36}\nhotline: 0571-00000135\n"
            record = self.new("PR", day, text)
            price, ticks = f"{one.price + 10 * (at % 7)}.00", _ticked(one.ticks)
            self.goods.append(Goods(record, f"{one.letters}{model}", price, one.letters in UNDER_LAW, ticks))


def _ticked(items: tuple[str, ...]) -> str:
    return "\n".join(mapping_lines({"checklist": list(items)}, 0)) + "\n" if items else ""
