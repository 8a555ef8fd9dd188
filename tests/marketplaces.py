"""Order files as marketplaces and data sets of them have them, made up: in three shapes, of any length.

``supply_chain`` has a row for each line of an order, American times, promised and real days as counts, amounts that a
program has spoilt in single precision, customers known by a number and a first name. ``by_estimate`` has a row for each
order, ISO times, an estimated and an actual day of delivery, and customers who are nothing but a long key.
``by_warehouse`` has a row for each line of a consignment, days like 02-Jun-06, words where there is no day, titles with
a # in them, and customers who are a project's number.
"""

from __future__ import annotations

import csv
import io
import random
import struct
from collections.abc import Sequence
from datetime import datetime, timedelta

_GOODS = ("Smart watch", "Perfect Fitness Rip Deck", "Nike Men's Dri-FIT Polo", 'Field & Stream 16" Safe', "Web Camera")
_STATES = ("COMPLETE", "CLOSED", "PENDING", "PROCESSING", "COMPLETE", "COMPLETE")
_TITLES = (
    "Type,Days for shipping (real),Days for shipment (scheduled),Benefit per order,Sales per customer,Delivery Status,"
    "Late_delivery_risk,Category Id,Category Name,Customer City,Customer Country,Customer Email,Customer Fname,"
    "Customer Id,Customer Lname,Customer Password,Customer Segment,Customer State,Customer Street,Customer Zipcode,"
    "Department Id,Department Name,Latitude,Longitude,Market,Order City,Order Country,Order Customer Id,"
    "order date (DateOrders),Order Id,Order Item Cardprod Id,Order Item Discount,Order Item Discount Rate,"
    "Order Item Id,"
    "Order Item Product Price,Order Item Profit Ratio,Order Item Quantity,Sales,Order Item Total,"
    "Order Profit Per Order,Order Region,Order State,Order Status,Order Zipcode,Product Card Id,Product Category Id,"
    "Product Description,Product Image,Product Name,Product Price,Product Status,shipping date (DateOrders),"
    "Shipping Mode"
)
_HEADER = tuple(_TITLES.split(","))
SUPPLY_CHAIN_MAPPING = """\
columns:
  deliver_by: {days: Days for shipment (scheduled)}
  delivered_at: {days: Days for shipping (real)}
words: {state: {done: [CLOSED]}}
dates: m/d/y
"""
BY_ESTIMATE_MAPPING = """\
columns:
  deliver_by: order_estimated_delivery_date
  delivered_at: order_delivered_customer_date
constants: {product: goods, channel: online}
words: {state: {cancelled: [unavailable], open: [delivered]}}
"""
BY_WAREHOUSE_MAPPING = """\
columns: {customer: Project Code, order: "ASN/DN #", sold_on: Order Date, product: Item Description,
  deliver_by: Scheduled Delivery Date, delivered_at: Delivered to Client Date}
constants: {channel: online}
dates: ["%d-%b-%y"]
empty: [Date not captured]
"""


def supply_chain(rows: int, *, seed: int = 1, blank: int = 3) -> str:
    """So many rows, some orders of several, a *blank* tail, as CSV."""
    chance = random.Random(seed)  # noqa: S311
    found: list[Sequence[object]] = []
    order = 1000
    while len(found) < rows:
        order += 1
        at = datetime(2015, 1, 1) + timedelta(minutes=chance.randrange(1500 * 24 * 60))
        promised = chance.choice((0, 1, 2, 4, 4, 4))
        real = chance.choice((promised, promised + 1, max(0, promised - 1), 6))
        customer, status = chance.randrange(rows // 3 + 5), chance.choice(_STATES)
        shipped = "" if status in {"PENDING", "PROCESSING"} and chance.random() < 0.3 else real
        for line in range(min(chance.choice((1, 1, 2, 3)), rows - len(found))):
            goods = chance.randrange(len(_GOODS))
            price, qty = 9.99 + 50 * goods, chance.choice((1, 1, 2))
            row: dict[str, object] = {
                "Type": "DEBIT",
                "Days for shipping (real)": shipped,
                "Days for shipment (scheduled)": promised,
                "Sales per customer": _spoilt(price * qty * 0.96),
                "Category Name": "Sporting Goods",
                "Customer City": "Caguas",
                "Customer Country": "Puerto Rico",
                "Customer Email": "XXXXXXXXX",
                "Customer Password": "XXXXXXXXX",
                "Customer Fname": chance.choice(("Mary", "Cally", "Irene")),
                "Customer Id": customer,
                "Customer Street": "5365 Noble Nectar Island",
                "Order Customer Id": customer,
                "order date (DateOrders)": f"{at.month}/{at.day}/{at.year} {at.hour}:{at:%M}",
                "Order Id": order,
                "Order Item Id": order * 10 + line,
                "Order Item Product Price": _spoilt(price),
                "Order Item Quantity": qty,
                "Sales": _spoilt(price * qty),
                "Order Item Total": _spoilt(price * qty * 0.96),
                "Order Status": status,
                "Product Card Id": 1000 + goods,
                "Product Name": _GOODS[goods],
                "Product Price": _spoilt(price),
                "Shipping Mode": "Standard Class",
            }
            found.append([row.get(title, 0) for title in _HEADER])
    return _written([_HEADER, *found, *([""] * len(_HEADER) for __ in range(blank))])


def by_estimate(rows: int, *, seed: int = 1, blank: int = 3) -> str:
    """So many rows, each an order, a *blank* tail, as CSV."""
    chance = random.Random(seed)  # noqa: S311
    header = (
        "order_id",
        "customer_id",
        "order_status",
        "order_purchase_timestamp",
        "order_approved_at",
        "order_delivered_carrier_date",
        "order_delivered_customer_date",
        "order_estimated_delivery_date",
    )
    found: list[Sequence[object]] = []
    for __ in range(rows):
        at = datetime(2017, 1, 1) + timedelta(seconds=chance.randrange(600 * 24 * 3600))
        promised = (at + timedelta(days=chance.randrange(8, 30))).date()
        came = at + timedelta(hours=chance.randrange(48, 700))
        status = chance.choice(("delivered",) * 8 + ("shipped", "canceled"))
        found.append(
            (
                f"{chance.getrandbits(128):032x}",
                f"{chance.getrandbits(128):032x}",
                status,
                f"{at}",
                f"{at + timedelta(hours=1)}",
                "",
                f"{came}" if status == "delivered" else "",
                f"{promised} 00:00:00",
            )
        )
    return _written([header, *found, *([""] * len(header) for __ in range(blank))])


def by_warehouse(rows: int, *, seed: int = 1, blank: int = 3) -> str:
    """So many rows, some consignments of several, a *blank* tail, as CSV."""
    chance = random.Random(seed)  # noqa: S311
    header = (
        *("ID", "Project Code", "ASN/DN #", "Shipment Mode", "Order Date", "Scheduled Delivery Date"),
        *("Delivered to Client Date", "Delivery Recorded Date", "Item Description", "Line Item Quantity"),
        *("Line Item Value", "Unit Price", "Weight (Kilograms)"),
    )
    found: list[Sequence[object]] = []
    order = 4300
    while len(found) < rows:
        order += 1
        at = datetime(2006, 6, 2) + timedelta(days=chance.randrange(3000))
        promised = at + timedelta(days=chance.randrange(20, 90))
        came = max(at, promised + timedelta(days=chance.choice((-9, -1, 0, 0, 0, 3, 30))))
        never = chance.random() < 0.05
        for __ in range(min(chance.choice((1, 1, 2, 4)), rows - len(found))):
            goods, qty = chance.randrange(30), chance.randrange(1, 900)
            days = [f"{day:%d-%b-%y}" for day in (at, promised, came, came + timedelta(days=2))]
            if never:
                days[2:] = ["Date not captured"] * 2
            found.append(
                (
                    *(
                        len(found) + 1,
                        f"P{100 + order % 9}",
                        f"DN-{order}",
                        "Air",
                        *days,
                        f"Test {goods}, 30 Tests",
                    ),
                    *(qty, qty * 29, 0.97, "weighed later"),
                )
            )
    return _written([header, *found, *([""] * len(header) for __ in range(blank))])


def _spoilt(amount: float) -> str:
    """The amount as a program shows it that keeps it in single precision."""
    single = struct.unpack("f", struct.pack("f", round(amount, 2)))[0]
    return f"{single:.9g}"


def _written(rows: Sequence[Sequence[object]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()
