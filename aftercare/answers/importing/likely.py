"""What a title of a sheet may mean, and whether what stands below it fits."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from aftercare.answers.importing import dates, titles
from aftercare.plain.sheets import Row, Sheet
from aftercare.plain.text import fold
from aftercare.policies import compiled

_TITLES = Path(compiled.__file__).parent / "titles.yaml"
_HEADER_WITHIN = 10
_SAMPLES = 3
_LONGEST_SAMPLE = 28
_BRACKETS = re.compile(r"[(\[【（].*?[)\]】）]")
_AMOUNT = re.compile(r"[^0-9+-]{0,4}-?[0-9][0-9., ']*[^0-9]{0,4}")
_BROKEN_CENTS = re.compile(r".*\.[0-9]{4,6}")
_COMMON = frozenset(
    {
        *["order", "customer", "product", "item", "id", "name", "date", "code", "of", "the", "per"],
        "订单",
        "商品",
        "客户",
        "宝贝",
    }
)
"""Words of so many titles that they say nothing of one."""
_MAY_BE_A_WINDOW = frozenset({"deliver_by", "install_by"})
_PUNCTUAL = re.compile(r"on.?time|delay|\blate\b|early|准时|按时|延误|延迟|超时", re.IGNORECASE)
"""Words of whether it came in time, which say nothing of what became of the order."""
_OF_AN_ORDER = re.compile(
    r"complet|deliver|ship|cancel|refund|return|pend|process|paid|pay|open|clos|hold|done|success|fulfil|transit|"
    r"完成|取消|退|发货|付款|支付|收货|签收|成功|关闭|处理|待|已",
    re.IGNORECASE,
)
"""Words of what became of an order, of which one stands in a column of states, and none in one of provinces."""
_WRITTEN = frozenset({"name", "address", "region", "to_name", "to_address", "signed_by", "state", "channel", "note"})
"""The fields that hold words, and neither days nor figures."""
_FIGURE = re.compile(r"[0-9.,]+")
_MOST_WORDS_FOR_NONE = 3
DATES = frozenset({"sold_on", "delivered_at", "installed_at", "cancelled_on", "since", "deliver_by", "install_by"})
"""The fields that hold a day."""


class Column(NamedTuple):
    """A column of the sheet: its title and its values, blank ones left out."""

    title: str
    values: tuple[str, ...]

    def samples(self) -> str:
        """A few different values, as a remark shows them."""
        some = list(dict.fromkeys(" ".join(value.split()) for value in self.values[:200]))[:_SAMPLES]
        return " | ".join(s if len(s) <= _LONGEST_SAMPLE else f"{s[:_LONGEST_SAMPLE]}…" for s in some)


def known_titles(kind: str) -> dict[str, list[str]]:
    """Of each field the titles by which it may be known, those that every import understands first."""
    more = compiled.tree_of(_TITLES)
    person = more["person"] if kind in {"customer", "sale"} else {}
    return {
        name: [*own, *more.get(kind, {}).get(name, ()), *person.get(name, ())]
        for name, own in titles.fields_of_kind(kind).items()
    }


def header(sheet: Sheet, known: Mapping[str, list[str]]) -> Row | None:
    """The row near the top that has most titles which are known; None where none has two cells."""
    all_titles = {key(title) for said in known.values() for title in said}
    rated = [
        (sum(key(cell) in all_titles for cell in row.cells), sum(map(bool, row.cells)), -row.line, row)
        for row in sheet.rows[:_HEADER_WITHIN]
    ]
    best = max(rated, key=lambda one: one[:3], default=None)
    return best[3] if best and (best[0] or best[1] > 1) else None


def key(title: str) -> str:
    """A title as it is compared: without case, blanks, points, and what stands in brackets."""
    return re.sub(r"[\s_*:：\-./#]", "", _BRACKETS.sub("", fold(title)).casefold()) or fold(title).casefold()


def fits(name: str, column: Column) -> bool:
    """Whether most values of a column are what the field holds."""
    some = column.values[:500]
    if name in DATES:
        nothing = words_for_none(column)
        days = [value for value in some if value not in nothing]
        return bool(days) and _most(days, lambda one: _is_moment(one) or (name in _MAY_BE_A_WINDOW and ":" in one))
    if name == "state":
        words = set(some)
        return any(map(_OF_AN_ORDER.search, words)) and not any(map(_PUNCTUAL.search, words))
    if name == "amount" and any(map(_BROKEN_CENTS.fullmatch, column.values)):
        return False  # reckoned and never paid: its parts for a piece would not be whole cents
    if name in {"price", "amount"}:
        return _most(some, lambda value: bool(_AMOUNT.fullmatch(fold(value))))
    if name == "qty":
        return _most(some, lambda value: bool(re.match("[0-9]", fold(value))))
    if name == "channel":
        from aftercare.answers.importing.cells import CHANNELS

        return all(fold(value).casefold().replace(" ", "_") in CHANNELS for value in set(some))
    return True


def words_for_none(column: Column) -> tuple[str, ...]:
    """The few words that stand in a column of days where there is none, such as “not captured”."""
    worded = dict.fromkeys(value for value in column.values if not any(map(str.isdigit, value)))
    return tuple(worded) if len(worded) <= _MOST_WORDS_FOR_NONE else ()


def _most(values: Sequence[str], is_one: Callable[[str], bool]) -> bool:
    """Whether nine in ten values do."""
    return 10 * sum(map(is_one, values)) >= 9 * len(values)


def _is_moment(value: str) -> bool:
    plain = fold(value)
    return bool(
        dates.moments_of(plain, (dates.BY_YEAR, dates.BY_MONTH, dates.BY_DAY), "UTC") or dates.forms_of([plain])
    )


def candidates(column: Column, known: Mapping[str, list[str]]) -> tuple[str, ...]:
    """Up to three fields that a title has words of, and whose values it could hold."""
    words = _words(column.title) - _COMMON

    def likeness(title: str) -> float:
        there = _words(title) - _COMMON
        return len(words & there) / len(words | there or {""})

    days = fits("sold_on", column)
    figures = _most(column.values[:500], lambda value: bool(_FIGURE.fullmatch(value)))
    unlike = set(known) - DATES if days else _WRITTEN if figures else set()
    rated = sorted((-max(map(likeness, said), default=0.0), name) for name, said in known.items() if name not in unlike)
    return tuple(name for share, name in rated if share <= -1 / 3 and fits(name, column))[:3]


def _words(title: str) -> set[str]:
    """The words of a title, and each two characters of a Chinese one."""
    plain = fold(title).casefold()
    pairs = [han[at : at + 2] for han in re.findall(r"[\u3400-\u9fff]+", plain) for at in range(len(han) - 1)]
    return {*re.findall(r"[a-z]{2,}", plain), *pairs} or {plain}
