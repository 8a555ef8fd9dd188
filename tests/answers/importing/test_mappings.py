"""The header: where it stands, what its titles mean, and the operator's own mapping."""

from __future__ import annotations

import pytest

from aftercare.answers.importing.mapfile import wanted_of
from aftercare.answers.importing.mappings import FIELDS, NOTHING_WANTED, Columns, Wanted, _key, columns_of
from aftercare.errors import InvalidInput
from aftercare.plain.sheets import read


def _columns(text: str, wanted: Wanted = NOTHING_WANTED, kind: str = "customer") -> Columns:
    return columns_of(kind, read(text.encode(), "f.csv"), wanted, "f.csv")


def _faults(text: str, wanted: Wanted = NOTHING_WANTED, kind: str = "customer") -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        _columns(text, wanted, kind)
    return [f"{fault.file}:{fault.line} {fault.code}" for fault in caught.value.faults]


def _wanted(text: str, kind: str = "sale") -> Wanted:
    return wanted_of(kind, text.encode(), "m.yaml")


def test_titles_are_unique() -> None:
    """No title means two facts of the same kind of sheet."""
    for fields in FIELDS.values():
        keys = [_key(title) for titles in fields.values() for title in titles]
        assert len(set(keys)) == len(keys)


def test_header_below_a_heading() -> None:
    """The header is the first row that names what is needed; a heading above it is passed over."""
    columns = _columns("客户名册 2026,,\n\n客户姓名*,手机（必填）,喜好\n")
    assert (columns.line, columns.places, columns.unused) == (3, {"name": (0,), "phone": (1,)}, ("喜好",))


def test_several_columns_of_one_field() -> None:
    """Phones may fill several columns; names may not."""
    assert _columns("姓名,电话,手机\n").places["phone"] == (1, 2)
    assert _faults("姓名,客户,电话\n") == ["f.csv:1 duplicate-column"]


def test_best_of_several_times() -> None:
    """Of the several times of an export the surest is taken: signed for before confirmed, ordered before paid."""
    columns = _columns("付款时间,下单时间,姓名,商品,确认收货时间,签收时间\n", kind="sale")
    assert (columns.places["sold_on"], columns.places["delivered_at"]) == ((1,), (5,))


def test_no_header() -> None:
    """A sheet without what is needed says which titles were understood."""
    with pytest.raises(InvalidInput, match=r"f\.csv:1: header .*sold_on.*understood: 姓名"):
        _columns("姓名,颜色\n王,红\n", kind="sale")


def test_rows_of_other_width() -> None:
    """A row with fewer cells than the header, or with more that say something, is a fault of its own."""
    text = "姓名,电话\n王,1\n李\n张,2,\n赵,3,4\n"
    entries, faults = _columns(text).entries(read(text.encode(), "f.csv"), "f.csv")
    assert [entry.line for entry in entries] == [2, 4]
    assert [(fault.line, fault.code) for fault in faults] == [(3, "columns"), (5, "columns")]


def test_mapping() -> None:
    """A mapping names columns, takes one out with nothing, and sets what holds for every row."""
    wanted = _wanted("columns: {sold_on: 送货时间, amount: ~}\nconstants: {channel: online}\ndates: [d/m/y]\n")
    text = "送货时间,姓名,商品,金额,渠道\n1,2,3,4,5\n"
    columns = _columns(text, wanted, "sale")
    assert columns.unused == ("金额", "渠道")
    assert columns.entries(read(text.encode(), "f"), "f")[0][0].values == {
        "channel": ("online",),
        "sold_on": ("1",),
        "name": ("2",),
        "product": ("3",),
    }
    assert wanted.dates == ("d/m/y",)


def test_mapping_names_no_column() -> None:
    """A title that the sheet does not have is a fault of the mapping, with its line."""
    wanted = _wanted("columns:\n  name: 姓名\n  serial: 机身\n")
    assert _faults("日期,姓名,商品\n", wanted, "sale") == ["m.yaml:3 column"]


@pytest.mark.parametrize(
    ("text", "line", "code", "words"),
    [
        ("columns:\n  name: 姓名\n  pirce: 单价\n", 3, "unknown-field", "price"),
        ("colums: {name: 姓名}\n", 1, "unknown-key", "columns"),
        ("columns: 姓名\n", 1, "shape", ""),
        ("columns:\n  name: [姓名, {a: b}]\n", 2, "shape", ""),
        ("constants:\n  channel: [online, shop]\n", 2, "shape", ""),
        ("dates: [y-m-d]\n", 1, "choice", "d/m/y"),
        ('dates: ["%H:%M"]\n', 1, "choice", "d/m/y"),
        ("kind: customer\n", 1, "choice", "sale"),
        ("columns:\n  deliver_by: {day: 天数}\n", 2, "unknown-key", "days"),
        ("columns:\n  deliver_by: {days: 天数, after: sold}\n", 2, "unknown-field", "sold_on"),
        ("columns:\n  deliver_by: {days: A, after: deliver_by}\n", 2, "contradiction", "circle"),
        ("words:\n  state: {finished: [OK]}\n", 2, "choice", "done"),
        ("words:\n  state: {done: [OK], open: [ok]}\n", 2, "contradiction", "ok"),
        ("lookups: {customer: {by: colour}}\n", 1, "choice", "phone"),
        ("lookups: {product: {else: perhaps}}\n", 1, "choice", "refuse"),
        ("decimal: dot\n", 1, "choice", "comma"),
        ("currency: XYZ\n", 1, "choice", "XYZ"),
        ("columns: {name: 姓名\n", 2, "yaml-syntax", ""),
    ],
)
def test_faulty_mapping(text: str, line: int, code: str, words: str) -> None:
    """What is wrong with a mapping is said with file and line, and what was probably meant."""
    with pytest.raises(InvalidInput) as caught:
        _wanted(text)
    fault = caught.value.faults[0]
    assert (fault.file, fault.line, fault.code) == ("m.yaml", line, code)
    assert words in fault.message
