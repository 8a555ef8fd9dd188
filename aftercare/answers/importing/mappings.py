"""Which column of a spreadsheet is which fact: the titles that are understood, or that the operator names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from aftercare.errors import Fault, InvalidInput
from aftercare.language import _
from aftercare.plain.sheets import Row, Sheet
from aftercare.plain.text import fold

MANY = frozenset({"phone", "note"})
"""The fields that several columns may fill together."""
RANKED = frozenset({"sold_on", "delivered_at"})
"""The fields of which an export often has several columns: the one whose title stands first in our list is taken."""
DATE_ORDERS = ("y/m/d", "d/m/y", "m/d/y")
_HEADER_WITHIN = 10

_PERSON = {
    "name": "姓名 客户 客户姓名 客户名称 顾客 顾客姓名 买家 买家姓名 会员姓名 购买人 name customer customer_name buyer",
    "phone": "电话 手机 手机号 手机号码 电话号码 联系电话 联系方式 联系手机 客户电话 客户手机 买家电话 买家手机 电话1 "
    "电话2 手机1 手机2 备用电话 固定电话 座机 phone phones mobile telephone tel phone_number customer_phone",
    "address": "地址 住址 家庭地址 客户地址 详细地址 联系地址 address customer_address",
    "region": "省 省份 省市 region province state_or_province",
    "note": "备注 备注1 备注2 客户备注 卖家备注 商家备注 买家留言 客户留言 note notes remark remarks comment",
}
_CUSTOMER = {
    **_PERSON,
    "distance_km": "距离 距离km 距离公里 公里数 distance distance_km",
    "floor": "楼层 floor",
    "birthday": "生日 出生日期 birthday date_of_birth",
    "lunar_birthday": "农历生日 阴历生日 lunar_birthday",
    "since": "建档日期 登记日期 注册日期 注册时间 建档时间 since registered_on",
}
_SALE = {
    **_PERSON,
    "order": "订单号 订单编号 订单id 单号 销售单号 主订单编号 order order_no order_number order_id",
    "sold_on": "下单时间 下单日期 日期 销售日期 购买日期 购买时间 成交时间 订单日期 订单创建时间 创建时间 "
    "付款时间 支付时间 sold_on date order_date sale_date purchase_date ordered_at",
    "to_name": "收货人 收件人 收货人姓名 收件人姓名 recipient to_name ship_to_name",
    "to_phone": "收货电话 收件电话 收货人电话 收件人电话 收货人手机 收件人手机 收货人联系方式 to_phone recipient_phone",
    "to_address": "收货地址 收件地址 送货地址 收货人地址 收件人地址 to_address shipping_address delivery_address",
    "product": "商品 商品名称 产品 产品名称 品名 宝贝标题 宝贝名称 货品名称 商品标题 product product_name item",
    "model": "型号 规格型号 商品型号 产品型号 model",
    "sku": "货号 商品编码 商品编号 商家编码 产品编码 sku item_no",
    "category": "类别 品类 分类 商品类别 商品分类 产品类别 category",
    "qty": "数量 件数 购买数量 商品数量 台数 qty quantity",
    "price": "单价 商品单价 商品价格 价格 售价 成交单价 price unit_price",
    "amount": "金额 小计 行金额 商品金额 amount line_total subtotal",
    "serial": "序列号 机身号 机号 sn 出厂编号 机器编号 serial serial_number serial_no",
    "invoice": "发票 发票号 发票号码 发票编号 invoice invoice_no invoice_number",
    "channel": "渠道 销售渠道 平台 channel",
    "deliver_from": "最早送货 最早送达 deliver_from",
    "deliver_by": "约定送货 承诺送达 约定送货时间 约定送达 承诺送货 承诺送达时间 预约送货 预约送货时间 约定送货日期 "
    "deliver_by promised_delivery deliver_before",
    "install_by": "约定安装 约定安装时间 承诺安装 预约安装 预约安装时间 约定安装日期 install_by promised_installation",
    "delivered_at": "送达时间 实际送达 实际送达时间 实际送货 送达日期 妥投时间 签收时间 签收日期 收货时间 确认收货时间 "
    "delivered_at delivered delivered_on",
    "signed_by": "签收人 signed_by",
    "installed_at": "安装完成 安装完成时间 实际安装 实际安装时间 完工时间 installed_at installed_on",
    "cancelled_on": "取消时间 退款时间 取消日期 退款日期 cancelled_on refunded_on",
    "state": "状态 订单状态 交易状态 status state order_status",
}
FIELDS: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        kind: MappingProxyType({field: tuple(titles.split()) for field, titles in table.items()})
        for kind, table in (("customer", _CUSTOMER), ("sale", _SALE))
    }
)
"""For each kind its fields, each with the titles by which its column is known."""
NEEDED: Mapping[str, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {
        "customer": (("name",),),
        "sale": (("sold_on",), ("name", "to_name"), ("product", "model", "sku")),
    }
)
"""What a sheet cannot be without: one field of each group."""


class Wanted(NamedTuple):
    """What the operator's mapping says; ``lines`` are those of its columns in its file."""

    columns: Mapping[str, tuple[str, ...]]
    constants: Mapping[str, str]
    dates: tuple[str, ...]
    file: str = ""
    lines: Mapping[str, int] = MappingProxyType({})


NOTHING_WANTED = Wanted(MappingProxyType({}), MappingProxyType({}), DATE_ORDERS[:1])


class Entry(NamedTuple):
    """One row as facts: each field with what its cells say, empty ones left out."""

    line: int
    values: Mapping[str, tuple[str, ...]]


class Columns(NamedTuple):
    """Where the facts of a sheet stand: the header's line, the columns of each field, and the titles not used."""

    line: int
    places: Mapping[str, tuple[int, ...]]
    unused: tuple[str, ...]
    width: int
    constants: Mapping[str, str]

    def entries(self, sheet: Sheet, file: str) -> tuple[list[Entry], list[Fault]]:
        """The rows below the header, and a fault for each that has other columns than the header."""
        found, faults = [], []
        for row in sheet.rows:
            if row.line <= self.line:
                continue
            if len(row.cells) < self.width or any(row.cells[self.width :]):
                sentence = _("the row has {count} cells and the header {width}")
                said = sentence.format(count=len(row.cells), width=self.width)
                faults.append(Fault(file, row.line, "columns", said))
            else:
                found.append(Entry(row.line, dict(self._values(row))))
        return found, faults

    def _values(self, row: Row) -> Iterator[tuple[str, tuple[str, ...]]]:
        for field, text in self.constants.items():
            yield field, (text,)
        for field, places in self.places.items():
            texts = tuple(row.cells[place] for place in places if row.cells[place])
            if texts:
                yield field, texts


def columns_of(kind: str, sheet: Sheet, wanted: Wanted, file: str) -> Columns:
    """The columns of a sheet; its header is the first row, near the top, that names all that is needed.

    InvalidInput says which titles were understood where none does, and names titles that claim the same field.
    """
    best: tuple[int, Row, dict[str, list[int]]] | None = None
    for row in sheet.rows[:_HEADER_WITHIN]:
        places = _places(kind, row, wanted)
        if not _lacking(kind, {*places, *wanted.constants}):
            _refuse_twice(row, places, file)
            return _columns(row, places, wanted, file)
        if best is None or len(places) > best[0]:
            best = (len(places), row, places)
    row, places = (best[1], best[2]) if best else (sheet.rows[0], {})
    raise InvalidInput([_no_header(kind, row, places, wanted, file), *_absent(row, wanted)])


def _places(kind: str, row: Row, wanted: Wanted) -> dict[str, list[int]]:
    """The columns of each field: those that the operator names, and those with a known title that are left."""
    titles = [_key(cell) for cell in row.cells]
    places: dict[str, list[int]] = {}
    taken: set[int] = set()
    for field, named in wanted.columns.items():
        found = [place for place, title in enumerate(titles) if title and title in map(_key, named)]
        taken.update(found)
        if found:
            places[field] = found
    known = {_key(title): field for field, titles in FIELDS[kind].items() for title in titles}
    for place, title in enumerate(titles):
        field = known.get(title, "")
        if field and place not in taken and field not in wanted.columns and field not in wanted.constants:
            places.setdefault(field, []).append(place)
    for field in RANKED & places.keys() - wanted.columns.keys():
        rank = [_key(title) for title in FIELDS[kind][field]]
        places[field] = [min(places[field], key=lambda place: rank.index(titles[place]))]
    return places


def _columns(row: Row, places: Mapping[str, list[int]], wanted: Wanted, file: str) -> Columns:
    absent = _absent(row, wanted)
    if absent:
        raise InvalidInput(absent)
    used = {place for field in places.values() for place in field}
    unused = tuple(cell for place, cell in enumerate(row.cells) if cell and place not in used)
    width = max(place for place, cell in enumerate(row.cells) if cell) + 1
    return Columns(row.line, {f: tuple(p) for f, p in places.items()}, unused, width, wanted.constants)


def _lacking(kind: str, given: set[str]) -> list[str]:
    return ["/".join(group) for group in NEEDED[kind] if not given.intersection(group)]


def _no_header(kind: str, row: Row, places: Mapping[str, list[int]], wanted: Wanted, file: str) -> Fault:
    understood = ", ".join(row.cells[place] for field in places.values() for place in field)
    lacking = ", ".join(_lacking(kind, {*places, *wanted.constants}))
    sentence = _("no column is known to be {fields}; understood: {titles}; name the columns with --map")
    return Fault(file, row.line, "header", sentence.format(fields=lacking, titles=understood or _("nothing")))


def _absent(row: Row, wanted: Wanted) -> list[Fault]:
    """A fault for each title that the mapping names and the sheet does not have."""
    there = {_key(cell) for cell in row.cells}
    sentence = _("{field}: there is no column “{title}”; there are {titles}")
    return [
        Fault(
            wanted.file,
            wanted.lines.get(field, 1),
            "column",
            sentence.format(field=field, title=title, titles=", ".join(filter(None, row.cells))),
        )
        for field, titles in wanted.columns.items()
        for title in titles
        if _key(title) not in there
    ]


def _refuse_twice(row: Row, places: Mapping[str, list[int]], file: str) -> None:
    sentence = _("{titles} may all be {field}; say with --map which one is")
    faults = [
        Fault(
            file,
            row.line,
            "duplicate-column",
            sentence.format(titles=", ".join(row.cells[p] for p in found), field=field),
        )
        for field, found in places.items()
        if len(found) > 1 and field not in MANY
    ]
    if faults:
        raise InvalidInput(faults)


def _key(title: str) -> str:
    """A title as it is compared: without its unit or remark in brackets, blanks, stars and colons."""
    plain = re.sub(r"[(\[【][^)\]】]*[)\]】]", "", fold(title).casefold())
    return re.sub(r"[\s_*:：\-]", "", plain)
