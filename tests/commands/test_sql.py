"""``aftercare sql``: what it answers is what the other commands say, by the index and without it."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter as Tally
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from aftercare.answers.asking import meanings
from aftercare.answers.asking.tables import NAMES
from tests import every_verb
from tests.counter import Counter, at_the_counter, opened

FAULTY = {"sales/2026/SA26-0009.yaml": "id: SA26-0009\ncustomer: CU26-0001\nsold_on: soon\nitems: []\n"}
RENAMED = {
    "customers/2026/CU26-0008.yaml": "id: CU26-0008\nname: 曾小妹\nformerly: [CU25-0099]\nbirthday: --03-08\n",
    "sales/2026/SA26-0008.yaml": "id: SA26-0008\ncustomer: CU25-0099\nsold_on: 2026-03-05\n"
    "items: [{product: PR26-0001}]\n",
}


def _all_of(name: str) -> str:
    """The rows of a table as one value."""
    columns = ", ".join(row["column"] for row in meanings.of_columns(name))
    return f"(SELECT json_group_array(json_array({columns})) FROM {name}) AS {name}"  # noqa: S608 - names of ours


EVERYTHING = f"SELECT {', '.join(map(_all_of, NAMES))}"
"""Every column of every table, written as ``--tables`` lists it."""


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Counter:
    """The small shop of the counter."""
    return opened(tmp_path, capsys, monkeypatch)


@pytest.fixture
def full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Counter:
    """A book with one of everything, a customer of another number formerly among it."""
    every_verb.laid_out(tmp_path, every_verb.base_book())
    at_the_counter(tmp_path, monkeypatch)
    counter = Counter(tmp_path, capsys)
    for file, text in RENAMED.items():
        counter.write(file, text)
    return counter


def asked(shop: Counter, question: str, *more: str) -> Any:
    """The rows of an answer."""
    return json.loads(shop.done("sql --format json", question, *more).out)


def test_promises_are_those_of_the_ledger(full: Counter) -> None:
    """The same promises with the same times and states as ``promise list`` shows, whichever way they are known."""
    fields = "id,what,state,binds,customer,person,record,made_on,due,first_due,moves,kept_on,kept_by,ended_on,ended_by"
    listed = json.loads(full.done(f"promise list --format json --fields {fields}").out)
    found = asked(full, f"SELECT {fields} FROM promises")  # noqa: S608 - they stand above
    assert found
    assert sorted(found, key=repr) == sorted(listed, key=repr)


@pytest.mark.parametrize("more", [[], ["--today", "2026-03-20"], ["--today", "2026-03-10T09:30"]], ids=str)
def test_it_owes_what_due_and_balance_say(full: Counter, more: list[str]) -> None:
    """On the day that is asked for."""
    due = {row["id"] for row in json.loads(full.done("due --format json", *more).out)}
    rows = asked(full, "SELECT id FROM promises WHERE state IN ('overdue', 'due')", *more)
    assert {row["id"] for row in rows} == due != set()
    total = json.loads(full.done("balance --format json", *more).out)[-1]
    (counted,) = asked(
        full, "SELECT count(*) made, sum(state = 'kept') kept, sum(state = 'kept_late') late FROM promises", *more
    )
    assert counted == {"made": total["made"], "kept": total["kept"], "late": total["kept_late"]}


def test_findings_are_those_of_check(full: Counter) -> None:
    """Settled ones too; breaches are those that are no faults of the book."""
    found = asked(full, "SELECT * FROM findings")
    checked = json.loads(full("check --all --format json").out)
    assert found == [{name: row[name] for name in found[0]} for row in checked]
    (breaches,) = asked(full, "SELECT count(*) n FROM breaches")
    assert breaches["n"] == Tally(row["kind"] for row in checked)["breach"] > 0


def test_every_table_is_the_same_by_the_index_and_by_the_records(
    full: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a file is faulty: what is valid is answered, the fault is said, and the exit code is 3."""
    for file, text in FAULTY.items():
        full.write(file, text)
    answers = []
    for index in ("on", "off"):
        monkeypatch.setenv("AFTERCARE_INDEX", index)
        answers.append(full("sql --format jsonl", EVERYTHING))
    for name, rows in json.loads(answers[0].out).items():
        assert rows == json.loads(answers[1].out)[name], name
    assert answers[0] == answers[1]
    assert (answers[0].code, answers[0].err.count("\n")) == (3, 1), answers[0].err
    assert answers[0].err.startswith("sales/2026/SA26-0009.yaml:3: ")
    filled = {name for name, rows in json.loads(answers[0].out).items() if rows != "[]"}
    assert {"promises", "breaches", "sale_items", "claim_repairs_waiting", "event_guests", "visit_answers"} <= filled


def test_it_works_where_the_index_cannot(full: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stray copy among the records silences the index; the records answer."""
    question = "sql 'SELECT p.id, c.name FROM promises p LEFT JOIN customers c ON c.id = p.customer'"
    before = full.done(question)
    full.write("sales/2026/SA26-0001 (copy).yaml", "id: SA26-0001\n")
    after = full(question)
    assert (after.out, after.code) == (before.out, 3)


def test_references_lead_to_the_ids_of_now(full: Counter) -> None:
    """A sale that still names the customer's number of before is joined to that customer."""
    rows = asked(full, "SELECT c.name, c.birthday_solar AS b FROM sales s JOIN customers c ON c.id = s.customer")
    assert {"name": "曾小妹", "b": "--03-08"} in rows


def test_the_past_is_asked_too(shop: Counter) -> None:
    """``--as-of`` ignores what came to be known afterwards."""
    assert asked(shop, "SELECT count(*) n FROM deliveries WHERE signed_at IS NOT NULL", "--as-of", "2026-03-05") == [
        {"n": 0}
    ]


def test_asking_changes_nothing(shop: Counter) -> None:
    """No file of the book is written."""
    before = shop.files()
    shop.done("sql 'SELECT * FROM promises, sales, findings'")
    assert shop.files() == before


def test_the_question_may_come_from_a_pipe(shop: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long one lies in a file."""
    typed = io.TextIOWrapper(io.BytesIO("-- 名字\nSELECT name FROM staff\nORDER BY name;\n".encode()))
    monkeypatch.setattr("sys.stdin", typed)
    assert shop.done("sql - --format csv").out == "name\n张敏\n李师傅\n"


def test_columns_are_called_as_the_question_says(shop: Counter) -> None:
    """In every language; of two that are called the same the second has a number."""
    printed = shop.done("sql --lang zh 'SELECT 1 AS kept, 2 AS kept, 3 AS \"a.b\", count(*) FROM staff'")
    assert printed.lines[0].split() == ["kept", "kept:1", "a.b", "count(*)"]
    assert printed.lines[2].split() == ["1", "2", "3", "2"]


def test_formats_and_the_flags_of_lists_work_on_an_answer(shop: Counter) -> None:
    """As of any list: sorted, cut, reduced; an empty one has its header, or is an empty list."""
    assert shop.done("sql 'SELECT id, name FROM staff' --format ids").out == "ST25-0001\nST26-0001\n"
    assert shop.done("sql 'SELECT id, name FROM staff' --sort -id --limit 1 --fields name --format tsv").out == (
        "name\n张敏\n"
    )
    assert shop.done("sql 'SELECT id, name FROM staff WHERE 0' --format csv").out == "id,name\n"
    assert shop.done("sql 'SELECT id FROM staff WHERE 0' --format json").json == []
    assert shop.done("sql 'SELECT id FROM staff WHERE 0'").out == ""
    assert shop("sql 'SELECT name FROM staff' --format ids").code == 2
    strange = asked(shop, "SELECT x'00ff' AS b, 9e999 AS i, -9e999 AS j, null AS n, 0.5 AS h, cast(x'ff' AS TEXT) AS t")
    assert strange == [{"b": "00ff", "i": "inf", "j": "-inf", "n": None, "h": 0.5, "t": "\ufffd"}]


def test_money_is_exact(shop: Counter) -> None:
    """As a number to reckon and compare with, as a text to the last decimal."""
    rows = asked(shop, "SELECT sum(price * coalesce(qty, 1)) AS total, max(price_text) AS said FROM sale_items")
    assert rows == [{"total": 3099 + 3299 + 10 * 58 + 3299, "said": "58.00"}]
    assert asked(shop, "SELECT count(*) n FROM sale_items WHERE price > 100") == [{"n": 3}]


def test_the_tables_are_listed_with_what_they_mean(shop: Counter) -> None:
    """Every column that is listed can be asked for as it is written there."""
    listed = json.loads(shop.done("sql --tables --format json").out)
    assert [row["table"] for row in listed] == list(NAMES)
    assert all(row["meaning"] for row in listed)
    columns = json.loads(shop.done("sql --tables sales --format json").out)
    assert {
        "table": "sales",
        "column": '"order"',
        "type": "text",
        "meaning": "the order's number on a marketplace",
    } in columns
    assert [row["column"] for row in json.loads(shop.done("sql --tables sale_items --format json").out)[:3]] == [
        "sale",
        "position",
        "unit",
    ]
    every = [row for name in NAMES for row in meanings.of_columns(name)]
    assert [row for row in every if not row["meaning"] or not row["type"]] == []


@pytest.mark.parametrize(
    "words",
    [
        ["sql"],
        ["sql", ""],
        ["sql", " "],
        ["sql", "-- nothing"],
        ["sql", "SELEC 1"],
        ["sql", "SELECT nothing FROM sales"],
        ["sql", "SELECT * FROM nothing"],
        ["sql", "SELECT ?"],
        ["sql", "SELECT '\0'"],
        ["sql", "SELECT '\udcff'"],
        ["sql", "SELECT 1; SELECT 2"],
        ["sql", "SELECT 1", "--tables"],
        ["sql", "--tables", "nothing"],
        ["sql", "SELECT 1", "--timeout", "-1"],
    ],
    ids=lambda words: ascii(" ".join(words)),
)
def test_what_is_no_question_is_refused_in_a_line(shop: Counter, words: list[str]) -> None:
    """With exit code 2, and where to look."""
    printed = shop(words[0], *words[1:])
    assert (printed.code, printed.out) == (2, "")
    assert printed.err.count("\n") <= 2
    assert printed.err.startswith("aftercare: ")


ORDERS = 40
SHARE = (
    "SELECT round(avg(state = 'kept'), 4) AS share FROM promises "
    "WHERE what = 'deliver' AND binds = 'told' AND state IN ('kept', 'kept_late', 'overdue', 'broken')"
)
"""The share of orders delivered by the promised day, as ``docs/sql.md`` has it."""


def _orders() -> list[dict[str, str]]:
    """Orders with promised days: delivered on it, before, after, and not at all."""
    ways: list[Callable[[int], str]] = [
        lambda day: f"2026/1/{day} 23:10",
        lambda day: f"2026/1/{day - 1} 9:00",
        lambda day: f"2026/1/{day + 1} 00:05",
        lambda _day: "",
    ]
    return [
        {
            "订单号": f"T{number:04}",
            "下单时间": f"2026/1/{1 + number % 9}",
            "姓名": f"顾客{number}",
            "电话": f"138{number:08}",
            "商品": "电饭煲",
            "型号": "CF-40",
            "数量": "1",
            "单价": "200",
            "承诺送达": f"2026/1/{12 + number % 7}",
            "送达时间": ways[number * number % 7 % 4](12 + number % 7),
        }
        for number in range(ORDERS)
    ]


def test_the_share_of_orders_delivered_by_the_promised_day(shop: Counter) -> None:
    """One short question says what the marketplace's own file says, reckoned by nothing of ours."""
    orders = _orders()
    with (shop.folder / "orders.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(orders[0]))
        writer.writeheader()
        writer.writerows(orders)
    for sale in (shop.folder / "sales").glob("*/*.yaml"):
        sale.unlink()
    for record in [*(shop.folder / "deliveries").glob("*/*.yaml"), *(shop.folder / "claims").glob("*/*.yaml")]:
        record.unlink()
    (shop.folder / "visits/2026/VI26-0001.yaml").unlink()
    shop.done("import sale orders.csv")

    def day(text: str) -> datetime:
        return datetime.strptime(text.partition(" ")[0], "%Y/%m/%d")

    in_time = [bool(one["送达时间"]) and day(one["送达时间"]) <= day(one["承诺送达"]) for one in orders]
    assert 0 < sum(in_time) < ORDERS
    assert asked(shop, SHARE) == [{"share": round(sum(in_time) / ORDERS, 4)}]
    by_days = (
        "SELECT round(avg(coalesce(date(d.signed_at) <= date(s.told_deliver_by), 0)), 4) AS share "
        "FROM sales s LEFT JOIN deliveries d ON d.sale = s.id WHERE s.told_deliver_by IS NOT NULL"
    )
    assert asked(shop, by_days) == asked(shop, SHARE)


def test_a_time_that_is_no_number_is_wrong_use(shop: Counter) -> None:
    """``--timeout nan`` of a script that divided by nought is its own mistake, and is called so."""
    printed = shop('sql "SELECT 1" --timeout nan')
    assert (printed.code, printed.err.count("\n")) == (2, 1)


def test_a_decimal_number_is_no_number_of_a_part() -> None:
    """In Chinese a distance was of the type 件号, by which a part is ordered."""
    from aftercare import language

    before = language.current()
    try:
        language.use("zh")
        types = {row["type"] for row in meanings.of_columns("sales")}
    finally:
        language.use(before)
    assert "件号" not in types
