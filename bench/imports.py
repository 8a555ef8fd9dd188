"""What an import of orders costs: orders a second of CPU, all processes counted, into a new book under git.

usage: python -m bench.imports [ORDERS] [SHAPE]

SHAPE is ``shop`` (an order a row, with customer, phone, goods, promised and actual time: two and a half records an
order), ``supply_chain`` or ``by_estimate`` (see ``tests.marketplaces``).  The second run, of which every row is
unchanged, is measured too.  The time in which the program starts is in both.
"""

from __future__ import annotations

import csv
import random
import sys
import tempfile
from pathlib import Path

from bench.machine import machine
from bench.measure import cost
from tests import marketplaces

_HEADER = ("订单号", "下单时间", "姓名", "电话", "地址", "商品", "型号", "数量", "单价", "承诺送达", "送达时间")


def shop(orders: int, file: Path) -> None:
    """A shop's own export: half as many customers as orders, two hundred models."""
    chance = random.Random(5)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(_HEADER)
        for number in range(orders):
            day, who = f"2026/{chance.randint(1, 10)}/{chance.randint(1, 28)}", chance.randint(1, orders // 2 + 1)
            model = chance.randint(1, 200)
            goods = ("空调", f"KFR-{model}", 1, 1000 + model)
            customer = (f"客户{who}", f"138{who:08}", f"文三路{who}号")
            writer.writerow((f"A{number:07}", day, *customer, *goods, f"{day} 18:00", f"{day} 17:00"))


def main() -> None:
    """Measure, and print a line for each run."""
    orders = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    shape = sys.argv[2] if len(sys.argv) > 2 else "shop"
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        book, file, mapping = Path(folder, "book"), Path(folder, "orders.csv"), Path(folder, "map.yaml")
        mapping.write_text("{}\n")
        if shape == "shop":
            shop(orders, file)
        else:
            file.write_text(getattr(marketplaces, shape)(orders))
            mapping.write_text(getattr(marketplaces, f"{shape.upper()}_MAPPING"))
        ours = [sys.executable, "-m", "aftercare", "-C", str(book), "--today", "2026-11-20"]
        cost([*ours, "init", str(book), "--country", "CN", "--begins-on", "2026-11-01"])
        for name in ("new", "unchanged"):
            paid = cost([*ours, "import", "sale", str(file), "--map", str(mapping)])
            each = orders / paid.cpu
            print(
                f"{shape} {orders} rows, {name}: {paid.cpu:.1f} s CPU, {paid.wall:.1f} s, {paid.peak:.0f} MiB,", end=" "
            )
            print(f"{each:.0f} rows a second of CPU")


if __name__ == "__main__":
    main()
