"""What is printed: a promise to scripts, the same for every command that prints rows."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from aftercare.plain.text import width
from tests import counter as small_shop
from tests.counter import Counter

FULL = (
    "customer list",
    "product list",
    "sale list",
    "delivery list",
    "claim list",
    "visit list",
    "staff list",
    "promise list",
    "unit list",
    "find 王",
    "customer find 王",
    "product units PR26-0001",
    "customer timeline CU25-0007",
    "sale owed SA26-0001",
    "due",
    "balance",
    "balance --per person",
    "score --law L2",
    "score --law L2 --per product",
    "score show L2 --records",
    "policy categories",
    "policy list",
)
EMPTY = (
    "installation list",
    "customer list --name 无人",
    "sale list --period 2020",
    "promise list --state broken",
    "unit list --product PR26-0002 --customer CU26-0001",
    "find 没有这个",
    "customer find 没有这个",
    "product units PR26-0003",
    "sale owed SA25-0009",
    "due --what refund",
    "score show L2 --records --period 2020",
    "check book",
)
MACHINE = ("json", "jsonl", "csv", "tsv", "yaml", "ids")


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop, with a product that nobody has bought and a sale of which nothing is owed."""
    counter = small_shop.opened(tmp_path / "book", capsys, monkeypatch)
    counter.write("products/2026/PR26-0003.yaml", "id: PR26-0003\nname: 台灯\ncategory: lamp\n")
    called = "keeps: [SA25-0009/1/call-back.1]\nat: 2025-05-05\nchannel: phone\npurpose: call_back\noutcome: reached\n"
    counter.write("visits/2025/VI25-0001.yaml", f"id: VI25-0001\ncustomer: CU25-0007\nabout: [SA25-0009/1]\n{called}")
    (counter.folder / "claims/2026/CL26-0001.yaml").unlink()
    return counter


@pytest.fixture
def full(counter: Counter) -> Counter:
    """The same with its claim."""
    counter.write("claims/2026/CL26-0001.yaml", small_shop.FILES["claims/2026/CL26-0001.yaml"])
    return counter


def _cells(text: str, delimiter: str) -> list[list[str]]:
    return [*csv.reader(io.StringIO(text), delimiter=delimiter)]


@pytest.mark.parametrize("line", FULL)
def test_all_formats_say_the_same(full: Counter, line: str) -> None:
    """One answer in seven dresses: the same rows in the same order, with the same fields."""
    rows = full.done(line, "--format", "json").json
    assert rows
    assert [json.loads(text) for text in full.done(line, "--format", "jsonl").lines] == rows
    assert yaml.safe_load(full.done(line, "--format", "yaml").out) == rows
    for name, delimiter in (("csv", ","), ("tsv", "\t")):
        header, *cells = _cells(full.done(line, "--format", name).out, delimiter)
        assert header == list(rows[0])
        assert [row[0] for row in cells] == [row["id"] or "" for row in rows]
    assert full.done(line, "--format", "ids").lines == [row["id"] for row in rows if row["id"]]
    assert full.done(line).out


@pytest.mark.parametrize("line", FULL)
def test_every_field_is_present_in_every_row(full: Counter, line: str) -> None:
    """``null`` where there is nothing to say, and an ``id`` first, so that a script need not ask."""
    rows = full.done(line, "--format", "json").json
    assert {tuple(row) for row in rows} == {tuple(rows[0])}
    assert next(iter(rows[0])) == "id"


@pytest.mark.parametrize("line", EMPTY)
def test_an_empty_answer_is_an_answer(counter: Counter, line: str) -> None:
    """JSON an empty array, CSV its header, text and ids nothing; and it is no failure."""
    assert counter.done(line).out == ""
    for name, expected in (("json", "[]\n"), ("jsonl", ""), ("yaml", "[]\n"), ("ids", "")):
        assert counter.done(line, "--format", name).out == expected
    for name, delimiter in (("csv", ","), ("tsv", "\t")):
        (header,) = _cells(counter.done(line, "--format", name).out, delimiter)
        assert header[0] == "id"
        assert len(header) > 2


@pytest.mark.parametrize(
    ("line", "nothing"),
    [
        ("customer list", "--name 无人"),
        ("sale list", "--period 2020"),
        ("customer find 王", "--limit 0"),
        ("promise list", "--state broken"),
        ("unit list", "--limit 0"),
        ("customer timeline CU25-0007", "--limit 0"),
        ("due", "--what refund"),
        ("sale owed SA26-0001", "--limit 0"),
        ("balance", "--limit 0"),
        ("balance --per month", "--limit 0"),
        ("find 王", "--limit 0"),
    ],
)
def test_the_header_is_the_same_whether_there_are_rows_or_not(full: Counter, line: str, nothing: str) -> None:
    """A script that reads columns by name must find them on a quiet day too."""
    header = full.done(line, "--format", "csv").lines[0]
    assert full.done(f"{line} {nothing} --format csv").lines == [header]


@pytest.mark.parametrize("name", MACHINE)
def test_machine_formats_depend_on_nothing_around_them(
    full: Counter, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither language nor width nor colour nor kind of terminal changes a byte."""
    lines = ("due", "customer list", "sale show SA26-0002", "balance", "customer timeline CU25-0007", "unit list")
    plain = [full.done(line, "--format", name).out for line in lines]
    for variable, value in (("COLUMNS", "20"), ("NO_COLOR", "1"), ("FORCE_COLOR", "1"), ("TERM", "dumb")):
        monkeypatch.setenv(variable, value)
    assert [full.done(line, "--format", name, "--lang", "zh", "--color", "always").out for line in lines] == plain


def test_text_does_depend_on_the_language(full: Counter) -> None:
    """Else the test above would prove nothing."""
    assert full.done("due").out != full.done("due --lang zh").out


def test_money_is_text_with_the_decimals_of_its_currency(full: Counter) -> None:
    """``58`` in a file is ``58.00`` in an answer; another currency carries its code."""
    (sale,) = full.done("sale list --format json --where id=SA26-0002").json
    assert [item["price"] for item in sale["items"]] == ["58.00", "3299.00"]
    full.write("aftercare.yaml", "currency: JPY\ngit: no\n")
    full.write("deliveries/2026/DE26-0002.yaml", "id: DE26-0002\nsale: SA26-0001\ncharged: CNY 40\n")
    assert full("delivery show DE26-0002 --format json").json["charged"] == "CNY 40.00"
    full.write("deliveries/2026/DE26-0002.yaml", "id: DE26-0002\nsale: SA26-0001\ncharged: 40\n")
    assert full("delivery show DE26-0002 --format json").json["charged"] == "40"


def test_what_a_unit_was_charged_is_money_too(full: Counter) -> None:
    """A sum has the decimals of the currency as well, nothing charged included."""
    assert full.done("unit show SA26-0001/1 --format json").json["charged"] == "0.00"
    full.done("delivery sign SA26-0001 --by 王建国 --charged 40")
    assert full.done("unit show SA26-0001/1 --format json").json["charged"] == "40.00"


def test_dates_and_figures_are_what_they_are(full: Counter) -> None:
    """Dates are ISO text, counts are figures, phones are text, yes and no are booleans."""
    full.done("delivery set DE26-0002 opened=yes dispatched_at=2026-03-10T08:30")
    delivery = full.done("delivery show DE26-0002 --format json").json
    assert (delivery["dispatched_at"], delivery["opened"]) == ("2026-03-10T08:30", True)
    customer = full.done("customer show CU26-0001 --format json").json
    assert customer["phones"] == ["13800138000"]
    assert customer["address"]["distance_km"] == 12
    assert full.done("product show PR26-0001 --format json").json["weight_kg"] == 38.5


def _paths(tree: Any, before: str = "") -> set[str]:
    if isinstance(tree, Mapping):
        return {before} | {path for key, value in tree.items() for path in _paths(value, f"{before}.{key}")}
    return {before}


def test_show_has_every_field_of_the_record(full: Counter) -> None:
    """One record is one object, with everything that it might hold, and what its file holds beyond that."""
    full.write("staff/2026/ST26-0002.yaml", "id: ST26-0002\nname: 赵六\nnickname: 小六\n")
    shown = full.done("staff show ST26-0002 --format json").json
    assert shown["nickname"] == "小六"
    fields = ["id", "kind", "name", "pinyin", "phone", "role", "contractor", "certificates"]
    fields += ["trainings", "left", "note", "tags"]
    assert list(shown)[: len(fields)] == fields
    assert {shown[name] for name in ("pinyin", "contractor", "left", "note")} == {None}
    assert shown["certificates"] == []


@pytest.mark.parametrize("line", ["customer show CU26-0001", "show CU26-0001", "promise show SA26-0001/1/deliver"])
def test_one_thing_is_one_object(full: Counter, line: str) -> None:
    """``show`` prints no list, with chosen fields or without."""
    assert full.done(line, "--format", "json").json["id"] in line
    assert list(full.done(line, "--format", "json", "--fields", "kind,id").json) == ["kind", "id"]
    assert full.done(line, "--format", "ids").lines == [line.rsplit(maxsplit=1)[-1]]


class TestChoosing:
    """``--fields``, ``--sort``, ``--limit``, ``--period``, ``--where`` and the flags named after fields."""

    def test_fields_are_those_and_in_that_order(self, full: Counter) -> None:
        """Dotted names lead into what is nested, and into every entry of a list."""
        line = "customer list --fields address.text,id --format"
        assert full.done(line, "csv").lines == ["address.text,id", ",CU25-0007", "文三路100号,CU26-0001", ",CU26-0002"]
        rows = full.done("sale list --fields items.price,items.1.serial --format json").json
        assert rows[-1] == {"items.price": ["58.00", "3299.00"], "items.1.serial": None}
        table = full.done("customer list --fields id,name").lines
        assert table[0].split() == ["id", "name"]

    def test_rows_are_sorted_by_a_field(self, full: Counter) -> None:
        """Backwards with a minus; figures as figures; what has no value comes last both ways."""
        ups = full.done("unit list --sort qty --format jsonl").lines
        assert [json.loads(line)["qty"] for line in ups] == [1, 1, 1, 10]
        downs = full.done("unit list --sort -qty --limit 2 --format jsonl").lines
        assert [json.loads(line)["qty"] for line in downs] == [10, 1]
        for sort in ("serial", "-serial"):
            last = full.done("unit list --sort", sort, "--format", "jsonl").lines[-1]
            assert json.loads(last)["serial"] is None

    def test_money_is_sorted_as_money(self, full: Counter) -> None:
        """It is text, of which 3299.00 would stand before 58.00: the dearest sale would be looked for in vain."""
        prices = [row["items.1.price"] for row in full.done(
            "sale list --sort items.1.price --fields items.1.price --format json"
        ).json]  # fmt: skip
        assert prices == ["58.00", "3099.00", "3299.00"]

    def test_a_limit_cuts_after_sorting(self, full: Counter) -> None:
        """The first so many of the order asked for; none is a number too."""
        assert full.done("customer list --sort -id --limit 1 --format ids").lines == ["CU26-0002"]
        assert full.done("customer list --limit 0 --format json").json == []
        assert full("customer list --limit -1").code == 2

    @pytest.mark.parametrize(
        ("period", "expected"),
        [
            ("2025", ["SA25-0009"]),
            ("2026", ["SA26-0001", "SA26-0002"]),
            ("2026-Q1", ["SA26-0001", "SA26-0002"]),
            ("2025-q2", ["SA25-0009"]),
            ("2026-03", ["SA26-0001", "SA26-0002"]),
            ("2026-02", []),
            ("2026-03-03..2026-03-03", ["SA26-0001"]),
            ("2026-03-04..today", ["SA26-0002"]),
            ("..2026-03-03", ["SA25-0009", "SA26-0001"]),
            ("2026-03-04..", ["SA26-0002"]),
            ("２０２５", ["SA25-0009"]),
        ],
    )
    def test_a_period_holds_both_its_ends(self, full: Counter, period: str, expected: list[str]) -> None:
        """A year, a quarter, a month, or from a day to a day."""
        assert full.done("sale list --format ids --period", period).lines == expected

    @pytest.mark.parametrize(
        ("condition", "expected"),
        [
            ("name=王建国", ["CU26-0001"]),
            ("name!=王建国", ["CU25-0007", "CU26-0002"]),
            ("name~王", ["CU25-0007", "CU26-0001"]),
            ("address.text~文三", ["CU26-0001"]),
            ("address.none", ["CU25-0007", "CU26-0002"]),
            ("since.before=2026-03-01", ["CU25-0007"]),
            ("since.from=2026-03-01", ["CU26-0001", "CU26-0002"]),
            ("since.from=昨天", []),
            ("phones=13800138000", ["CU26-0001"]),
            ("needs=ELDERLY", ["CU26-0001"]),
            ("address.distance_km=12.0", ["CU26-0001"]),
        ],
    )
    def test_conditions(self, full: Counter, condition: str, expected: list[str]) -> None:
        """The six forms that no shell eats."""
        assert full.done("customer list --format ids --where", condition).lines == expected

    def test_conditions_are_all_met_and_values_of_a_flag_are_any_of(self, full: Counter) -> None:
        """Two ``--where`` narrow, one flag given twice widens."""
        assert full.done("customer list --where name~王 --where address.none --format ids").lines == ["CU25-0007"]
        assert full.done("customer list --name 王建国 --name 单雪梅 --format ids").lines == ["CU26-0001", "CU26-0002"]
        assert full.done("sale list --customer 王建国 --format ids").lines == ["SA26-0001"]
        late = full.done("promise list --state overdue --what install --what answer --format ids").lines
        assert sorted(late) == ["CL26-0001/answer.1", "SA26-0001/1/install"]

    @pytest.mark.parametrize(
        ("line", "flag"),
        [
            ("customer list --where nmae=x", "--where"),
            ("customer list --where name", "--where"),
            ("customer list --where =x", "--where"),
            ("customer list --where since.before=sometime", "--where"),
            ("customer list --where name.before=2026-03-01", "--where"),
            ("sale list --period 2026-13", "--period"),
            ("sale list --period 2026-03-09..2026-03-01", "--period"),
            ("sale list --period ..", "--period"),
            ("balance --period soon", "--period"),
            ("customer list --fields id,nmae", "--fields"),
            ("due --fields id,nmae --format json", "--fields"),
            ("due --sort -deu", "--sort"),
            ("due --format xml", "--format"),
            ("due --limit many", "--limit"),
            ("due --within soon", "--within"),
            ("due --since 1y", "--since"),
            ("balance --per week", "--per"),
        ],
    )
    def test_a_wrong_choice_is_wrong_use_and_names_its_flag(self, full: Counter, line: str, flag: str) -> None:
        """A mistyped field must not look like one without values."""
        printed = full(line)
        assert printed.code == 2
        assert printed.out == ""
        assert printed.err.startswith("aftercare: ")
        assert flag in printed.err.splitlines()[0]

    def test_a_field_that_may_be_there_is_no_mistake(self, full: Counter) -> None:
        """What no record happens to have is still a field."""
        assert full.done("customer list --fields left.reason,birthday --format csv --limit 1").lines[0] == (
            "left.reason,birthday"
        )


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", " =1"])
def test_no_cell_of_a_spreadsheet_is_a_formula(counter: Counter, name: str) -> None:
    """A name that begins like a formula is a name: in CSV and TSV a quote stands before it, in JSON it is itself."""
    counter.done("staff add", f"--name={name}")
    for fmt, delimiter in (("csv", ","), ("tsv", "\t")):
        cells = _cells(counter.done("staff list --fields name --format", fmt).out, delimiter)
        assert [f"'{name}"] in cells
    assert {"name": name} in counter.done("staff list --fields name --format json").json


def test_nothing_typed_can_repaint_the_terminal(counter: Counter) -> None:
    """What is echoed in an error or an answer has its control characters made visible."""
    for line in (
        ["customer", "show", "\x1b[2J王"],
        ["due", "--today", "\x1b]0;x\x07"],
        ["customer", "set", "CU26-0001", "\x1bname=x"],
        ["customer", "list", "--where", "\u202ename=x"],
        ["\x1bcustomer"],
        ["due", "--what", "\x1b"],
        ["due", "--\x1b"],
        ["-C", "\x1b", "due"],
        ["customer", "add", "--name", "a\x1b"],
        ["find", "\x1b"],
    ):
        printed = counter(" ".join(["--lang", "en"]), *line)
        shown = printed.out + printed.err
        assert not [char for char in shown if char in "\x1b\x07\u202e"]


def test_due_fits_a_terminal(full: Counter) -> None:
    """At most 100 columns a line, whatever the names; the id is never cut."""
    full.done("customer set CU26-0001 name=", "name=" + "欧阳" * 4)
    full.done("product set PR26-0001", "name=" + "变频壁挂式空调" * 8)
    for lang in ("en", "zh"):
        lines = full.done("due --within 30d --lang", lang).lines
        assert max(map(width, lines)) <= 100
        assert [line.split(" ")[-1] for line in lines] == full.done("due --within 30d --format ids").lines
