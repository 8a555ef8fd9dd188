"""The titles under which the columns of a spreadsheet are known: for each kind its fields, and what it cannot lack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import BaseModel

MANY = frozenset({"phone", "note"})
"""The fields of which each of several columns says one more."""
KEYS = frozenset({"source_key", "customer", "order"})
"""The fields that are a key: what several columns say of one is one key."""
RANKED = frozenset({"sold_on", "delivered_at"})
"""The fields of which an export often has several columns: the one whose title stands first in our list is taken."""

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
    "source_key": "客户编号 客户编码 会员编号 source_key customer_id customer_no",
}
_SALE = {
    **_PERSON,
    "customer": "客户编号 客户编码 会员编号 customer_id customer_no",
    "source_key": "source_key",
    "order": "订单号 订单编号 订单id 单号 销售单号 主订单编号 order order_no order_number order_id",
    "sold_on": "下单时间 下单日期 日期 销售日期 购买日期 购买时间 成交时间 订单日期 订单创建时间 创建时间 "
    "付款时间 支付时间 sold_on date order_date sale_date purchase_date ordered_at order_purchase_timestamp",
    "to_name": "收货人 收件人 收货人姓名 收件人姓名 recipient to_name ship_to_name",
    "to_phone": "收货电话 收件电话 收货人电话 收件人电话 收货人手机 收件人手机 收货人联系方式 to_phone recipient_phone",
    "to_address": "收货地址 收件地址 送货地址 收货人地址 收件人地址 to_address shipping_address delivery_address",
    "product": "商品 商品名称 产品 产品名称 品名 宝贝标题 宝贝名称 货品名称 商品标题 product product_name item",
    "model": "型号 规格型号 商品型号 产品型号 model",
    "sku": "货号 商品编码 商品编号 商家编码 产品编码 sku item_no",
    "category": "类别 品类 分类 商品类别 商品分类 产品类别 category category_name product_category",
    "qty": "数量 件数 购买数量 商品数量 台数 qty quantity order_item_quantity",
    "price": "单价 商品单价 商品价格 价格 售价 成交单价 price unit_price",
    "amount": "金额 小计 行金额 商品金额 amount line_total subtotal",
    "serial": "序列号 机身号 机号 sn 出厂编号 机器编号 serial serial_number serial_no",
    "invoice": "发票 发票号 发票号码 发票编号 invoice invoice_no invoice_number",
    "channel": "渠道 销售渠道 平台 channel",
    "deliver_from": "最早送货 最早送达 deliver_from",
    "deliver_by": "约定送货 承诺送达 约定送货时间 约定送达 承诺送货 承诺送达时间 预约送货 预约送货时间 约定送货日期 "
    "约定送达时间 约定送达日期 承诺送达日期 承诺送货时间 deliver_by promised promised_by promised_on promised_date "
    "promised_day promised_delivery promised_delivery_date promised_delivery_time deliver_before",
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
"""Of customers and orders the fields, each with the titles by which its column is known."""
_TITLES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "product": {
            "name": "品名 商品 商品名称 产品名称 item_name product_name",
            "category": "类别 品类 分类 item_group",
            "model": "型号 规格型号",
            "maker": "厂家 制造商 生产厂家 品牌 brand manufacturer",
            "sku": "货号 商品编码 产品编码 item_code item_no",
            "weight_kg": "重量 重量kg",
            "maker_months": "质保月数 保修月数 warranty_months",
            "hotline": "厂家热线 售后电话",
        },
        "claim": {
            "unit": "序列号 机号 机身号 sn serial serial_no serial_number",
            "reported_on": "报修日期 报修时间 complaint_date",
            "fault.found_on": "故障日期 发现日期",
            "fault.symptom": "故障 故障现象 问题描述 symptom",
            "closed.on": "完结日期 结案日期 resolution_date",
            "source_key": "报修单号 工单号 claim_no",
        },
        "part": {
            "name": "配件 配件名称 part_name",
            "number": "配件号 配件编号 part_number part_no",
            "supplier": "供应商",
            "cost": "成本 进价 cost_price",
            "place": "货位 库位",
        },
        "staff": {"name": "姓名 员工 employee_name", "phone": "电话 手机 mobile", "role": "岗位 职务 designation"},
    }
)


@cache
def fields_of_kind(kind: str) -> Mapping[str, tuple[str, ...]]:
    """The fields that a sheet of *kind* may fill, each with its titles.

    Customers and orders have a table of their own; of any other kind they are the values of its record, by their paths,
    but for what lies in lists of groups and for what no sheet can say of itself.
    """
    if kind in FIELDS:
        return FIELDS[kind]
    from aftercare.records.kinds import model_of  # the models of all kinds are only for who imports others

    titles = _TITLES.get(kind, {})
    return {path: (path, *titles.get(path, "").split()) for path in _paths(model_of(kind), ())}


def _paths(model: type[BaseModel], above: tuple[str, ...]) -> Iterator[str]:
    from aftercare.records.schema import fields_of

    for field in fields_of(model):
        path = (*above, field.name)
        if ".".join(path) in _NEVER or field.shape == "named":
            continue
        if field.part is None:
            yield ".".join(path)
        elif field.shape == "one":
            yield from _paths(field.part, path)


_NEVER = frozenset({"id", "formerly", "removed.on", "removed.reason", "attachments"})


NEEDED: Mapping[str, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {
        "customer": (("name", "source_key"),),
        "product": (("name", "model", "sku"),),
        "sale": (("sold_on",), ("name", "to_name", "customer"), ("product", "model", "sku")),
    }
)
"""What a sheet cannot be without: one field of each group."""


def needed_for(kind: str) -> tuple[tuple[str, ...], ...]:
    """What a sheet of *kind* cannot be without: one field of each group."""
    if kind in NEEDED:
        return NEEDED[kind]
    from aftercare.records.kinds import model_of
    from aftercare.records.schema import fields_of

    return tuple((field.name,) for field in fields_of(model_of(kind)) if field.required and field.name != "id")
