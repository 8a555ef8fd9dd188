"""``aftercare import``, in a book on disk: all rows or none, once, and nothing due that was not promised."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from aftercare.cli import run
from tests.the_index import but_for_it

_ORDERS = """\
订单号,下单时间,姓名,电话,地址,商品,型号,数量,单价,承诺送达,送达时间
A1,2026/3/4,王建国,13800138000,文三路,空调,KFR-35,1,3299,2026/3/5 18:00,2026/3/5 17:00
A2,2026/3/4,李梅,13900139000,文二路,冰箱,BCD-200,1,2000,2026/3/6,
A3,2026/3/5,赵云,13700137000,文一路,电饭煲,CF-40,1,200,,2026/3/8
"""


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book that began in November, and the working folder."""
    lines = ["language: en", "country: CN", "currency: CNY", "begins_on: 2026-11-01", "git: no"]
    (tmp_path / "aftercare.yaml").write_text("\n".join(lines) + "\n")
    (tmp_path / "orders.csv").write_text(_ORDERS)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AFTERCARE_TODAY", "2026-11-22")
    monkeypatch.delenv("AFTERCARE_BOOK", raising=False)
    return tmp_path


@pytest.fixture
def ask(shop: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs a command: its exit code, stdout and stderr."""
    assert shop.is_dir()

    def asked(*words: str) -> tuple[int, str, str]:
        code = run(words)
        out = capsys.readouterr()
        return code, out.out, out.err

    return asked


Ask = Callable[..., tuple[int, str, str]]


def _records(shop: Path) -> list[str]:
    return sorted(path.stem for path in shop.glob("*/2026/*.yaml"))


def _answer(ask: Ask, *words: str) -> Any:
    return json.loads(ask("import", *words, "--format", "json")[1])


def test_orders(shop: Path, ask: Ask) -> None:
    """Customers, products, sales and deliveries come in one pass, and every row is accounted for."""
    code, out, err = ask("import", "sale", "orders.csv")
    assert code == 0
    assert out.splitlines()[0] == ("rows that make something new: 3 (customer 3, product 3, sale 3, delivery 2)")
    assert "overdue: 1" in err
    assert len(_records(shop)) == 11


def test_twice(shop: Path, ask: Ask) -> None:
    """The same file again makes nothing, and changes no byte."""
    ask("import", "sale", "orders.csv")
    before = {path: path.read_bytes() for path in shop.glob("*/2026/*.yaml")}
    answer = _answer(ask, "sale", "orders.csv")
    assert (answer["created"], answer["unchanged"], answer["differs"]) == ([], 3, [])
    assert {path: path.read_bytes() for path in shop.glob("*/2026/*.yaml")} == before


def test_opening_day(ask: Ask) -> None:
    """Of what lies before the opening day only what the file promised and did not keep is due."""
    ask("import", "sale", "orders.csv")
    rows = json.loads(ask("due", "--within", "999d", "--format", "json")[1])
    assert [(row["id"], row["state"]) for row in rows] == [("SA26-0002/1/deliver", "overdue")]


def test_promised_deliveries_are_kept(shop: Path, ask: Ask) -> None:
    """An actual delivery keeps the promised one; where none was promised it is not late."""
    settings = shop / "aftercare.yaml"
    settings.write_text(settings.read_text().replace("2026-11-01", "2026-01-01"))
    answer = _answer(ask, "sale", "orders.csv")
    assert answer["kept"] == ["SA26-0001/1/deliver", "SA26-0003/1/deliver"]
    totals = json.loads(ask("balance", "--format", "json")[1])[-1]
    assert (totals["kept"], totals["kept_late"]) == (2, 0)


def test_dry_run(shop: Path, ask: Ask) -> None:
    """A dry run names what would be made, and leaves the folder as it was."""
    before = but_for_it(sorted(shop.rglob("*")))
    answer = _answer(ask, "sale", "orders.csv", "--dry-run")
    assert "SA26-0003" in answer["created"]
    assert but_for_it(sorted(shop.rglob("*"))) == before
    assert _answer(ask, "sale", "orders.csv")["created"] == answer["created"]


def test_differing_row(shop: Path, ask: Ask) -> None:
    """A row that says otherwise is reported with its line and fields, and its record is left as it is."""
    ask("import", "sale", "orders.csv")
    before = (shop / "sales/2026/SA26-0001.yaml").read_bytes()
    (shop / "orders.csv").write_text(_ORDERS.replace("3299", "3000"))
    code, _out, err = ask("import", "sale", "orders.csv")
    assert code == 0
    assert "orders.csv:2: differs from SA26-0001 in price; the record is left as it is" in err
    assert (shop / "sales/2026/SA26-0001.yaml").read_bytes() == before


def test_all_or_nothing(shop: Path, ask: Ask) -> None:
    """One refused row and nothing is written; all faults are named with file, line and code."""
    (shop / "orders.csv").write_text(_ORDERS.replace("2026/3/8", "8/3/26").replace("13800138000", "1.38E+10"))
    code, out, err = ask("import", "sale", "orders.csv")
    assert code == 3
    assert "rows refused: 2" in out
    lines = [line for line in err.splitlines() if line.startswith("orders.csv:")]
    assert [line.split(" ")[:2] for line in lines] == [["orders.csv:2:", "shortened"], ["orders.csv:4:", "date"]]
    assert _records(shop) == []


def test_customers_in_gbk(shop: Path, ask: Ask) -> None:
    """A customer list saved by a Chinese spreadsheet program is read, full-width digits and all."""
    text = "客户名册,,\n\n姓名,手机,生日,颜色\n 王建国 ,１３８００１３８０００,农历八月十五,红\n".replace(
        "客户名册,,", "客户名册,,,"
    )
    (shop / "c.csv").write_bytes(text.encode("gb18030"))
    code, _out, err = ask("import", "customer", "c.csv")
    assert code == 0
    assert "columns not used: 颜色" in err
    record = (shop / "customers/2026/CU26-0001.yaml").read_text()
    assert "name: 王建国\nphones: [13800138000]\nbirthday: {lunar: 八月十五}\n" in record


def test_workbook(shop: Path, ask: Ask) -> None:
    """A workbook gives the same records as the CSV."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in _ORDERS.splitlines():
        sheet.append([int(cell) if cell.isdigit() else cell for cell in line.split(",")])
    book.save(shop / "orders.xlsx")
    ask("import", "sale", "orders.csv")
    assert _answer(ask, "sale", "orders.xlsx")["unchanged"] == 3


def test_mapping(shop: Path, ask: Ask) -> None:
    """A mapping names columns and what holds for every row; its own faults name its line."""
    (shop / "m.yaml").write_text("columns:\n  note: 型号\nconstants: {channel: online}\n")
    ask("import", "sale", "orders.csv", "--map", "m.yaml")
    record = (shop / "sales/2026/SA26-0001.yaml").read_text()
    assert "channel: online" in record
    assert "note: KFR-35" in record
    (shop / "m.yaml").write_text("columns:\n  nme: 姓名\n")
    code, _out, err = ask("import", "sale", "orders.csv", "--map", "m.yaml")
    assert code == 3
    assert err.startswith("m.yaml:2: unknown-field")


def test_one_commit(shop: Path, ask: Ask) -> None:
    """With git on, an import is one commit of just its records; a file named after a customer is not told to git."""
    settings = shop / "aftercare.yaml"
    settings.write_text(settings.read_text().replace("git: no", "git: yes"))
    subprocess.run(["git", "init", "--quiet", str(shop)], check=True)
    (shop / "orders.csv").rename(shop / "王建国的订单.csv")
    ask("import", "sale", "王建国的订单.csv")
    log = subprocess.run(["git", "log", "--format=%s", "--stat"], cwd=shop, check=True, capture_output=True, text=True)
    assert log.stdout.startswith("import sale SA26-0001..SA26-0003\n")
    assert "11 files changed" in log.stdout


def test_customer_known_from_the_list(ask: Ask, shop: Path) -> None:
    """A customer imported from the list is the one that the orders are of."""
    (shop / "c.csv").write_text("姓名,电话,地址\n王建国,13800138000,文三路\n")
    ask("import", "customer", "c.csv")
    ask("import", "sale", "orders.csv")
    assert "customer: CU26-0001" in (shop / "sales/2026/SA26-0001.yaml").read_text()
    assert len(list((shop / "customers/2026").glob("*.yaml"))) == 3


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not-a-sheet"),
        (b"PK\x03\x04junk", "not-a-sheet"),
        (b"a,b\n1,2\n", "header"),
        ("姓名,电话\n王,1,2\n".encode(), "columns"),
        ("姓名,客户\n王,李\n".encode(), "duplicate-column"),
    ],
)
def test_bad_files(shop: Path, ask: Ask, data: bytes, code: str) -> None:
    """A file that is no customer list gives one line with file, line and code, exit 3, and writes nothing."""
    (shop / "bad.csv").write_bytes(data)
    exit_code, _out, err = ask("import", "customer", "bad.csv")
    assert exit_code == 3
    faults = [line for line in err.splitlines() if line.startswith("bad.csv:")]
    assert len(faults) == 1
    assert faults[0].split(" ")[1] == code
    assert _records(shop) == []


def test_no_such_file(ask: Ask) -> None:
    """A file that is not there, or is a folder, is one line and exit 2; a kind that is not imported is exit 2."""
    for name in ("none.csv", "."):
        code, _out, err = ask("import", "customer", name)
        assert (code, len(err.splitlines())) == (2, 1)
    assert ask("import", "colour", "orders.csv")[0] == 2


def test_invalid_record(shop: Path, ask: Ask) -> None:
    """While a record of the book cannot be read nothing is imported, for a row could be that record's."""
    ask("import", "sale", "orders.csv")
    (shop / "sales/2026/SA26-0001.yaml").write_text("id: [\n")
    code, _out, err = ask("import", "sale", "orders.csv")
    assert code == 3
    assert "sales/2026/SA26-0001.yaml:" in err
    assert len(_records(shop)) == 11


def test_later_export(shop: Path, ask: Ask) -> None:
    """A later export brings what came since: a delivery, a cancellation, an invoice; each row says what it brought."""
    ask("import", "sale", "orders.csv")
    later = _ORDERS.replace("2026/3/6,\n", "2026/3/6,2026/3/7\n").replace("订单号,", "发票号,订单状态,订单号,")
    later = later.replace("\nA1", "\nF1,,A1").replace("\nA2", "\n,,A2").replace("\nA3", "\n,已退款,A3")
    (shop / "orders.csv").write_text(later)
    answer = _answer(ask, "sale", "orders.csv")
    assert [(row["line"], row["id"], row["fields"]) for row in answer["changed"]] == [
        (2, "SA26-0001", ["invoice"]),
        (3, "SA26-0002", ["delivered_at"]),
        (4, "SA26-0003", ["state"]),
    ]
    assert answer["rows"]["changed"] == 3
    assert "invoice: F1" in (shop / "sales/2026/SA26-0001.yaml").read_text()
    assert "cancelled: {on: 2026-03-08}" in (shop / "sales/2026/SA26-0003.yaml").read_text()
    assert _answer(ask, "sale", "orders.csv")["unchanged"] == 3


def test_open_delivery_is_signed(shop: Path, ask: Ask) -> None:
    """A delivery that the operator had planned is the one that the file says was done; it is not doubled."""
    undone = _ORDERS.replace("2026/3/5 17:00", "")
    (shop / "orders.csv").write_text(undone)
    ask("import", "sale", "orders.csv")
    ask("delivery", "add", "--sale", "SA26-0001")
    (shop / "orders.csv").write_text(_ORDERS)
    answer = _answer(ask, "sale", "orders.csv")
    assert ([row["id"] for row in answer["changed"]], answer["created"]) == (["DE26-0002"], [])
    assert "signed: {by: 王建国, at: 2026-03-05T17:00}" in (shop / "deliveries/2026/DE26-0002.yaml").read_text()


def test_update(shop: Path, ask: Ask) -> None:
    """What the book says otherwise is left as it is, and taken with --update; a promised time is never moved so."""
    ask("import", "sale", "orders.csv")
    (shop / "orders.csv").write_text(_ORDERS.replace("3299", "3000").replace("2026/3/6,", "2026/3/9,"))
    assert [row["fields"] for row in _answer(ask, "sale", "orders.csv")["differs"]] == [["price"], ["deliver_by"]]
    answer = _answer(ask, "sale", "orders.csv", "--update")
    assert [row["fields"] for row in answer["changed"]] == [["price"]]
    assert [row["fields"] for row in answer["differs"]] == [["deliver_by"]]
    assert "price: 3000.00" in (shop / "sales/2026/SA26-0001.yaml").read_text()


def test_new_phone(shop: Path, ask: Ask) -> None:
    """A customer gets the phone and the birthday that a later list brings; another address is left to the operator."""
    (shop / "c.csv").write_text("姓名,电话,地址\n王建国,13800138000,文三路\n")
    ask("import", "customer", "c.csv")
    (shop / "c.csv").write_text("姓名,电话,地址,生日\n王建国,13800138000/13900139000,文一路,1958/9/27\n")
    answer = _answer(ask, "customer", "c.csv")
    assert (answer["changed"][0]["fields"], answer["differs"][0]["fields"]) == (["phone", "birthday"], ["address"])
    record = (shop / "customers/2026/CU26-0001.yaml").read_text()
    assert "phones: [13800138000, 13900139000]" in record
    assert "文三路" in record
    assert _answer(ask, "customer", "c.csv")["changed"] == []


def test_keep_good(shop: Path, ask: Ask) -> None:
    """With --keep-good the good rows are in, the others are named (exit 3), and mended they follow."""
    (shop / "orders.csv").write_text(_ORDERS.replace("2026/3/8", "8/3/26").replace("电饭煲", "\t=1+1"))
    code, out, err = ask("import", "sale", "orders.csv", "--keep-good", "--refused", "bad.csv")
    assert (code, "rows refused: 1" in out) == (3, True)
    assert err.splitlines()[-1].startswith("orders.csv:4: date ")
    assert len([one for one in _records(shop) if one.startswith("SA")]) == 2
    mended = (shop / "bad.csv").read_text().replace("8/3/26", "2026/3/8")
    assert len(mended.splitlines()) == 2
    assert ",'=1+1," in mended
    (shop / "bad.csv").write_text(mended)
    assert _answer(ask, "sale", "bad.csv")["rows"]["created"] == 1
    assert ask("import", "sale", "orders.csv", "--refused", "bad.csv")[0] == 5


def test_no_record_can_hold_it(shop: Path, ask: Ask) -> None:
    """A value that only the record refuses refuses its row, and the orders that rest on it."""
    text = "姓名,电话,距离\n王建国,13800138000,12\n李梅,13900139000,99999999999999\n"
    (shop / "c.csv").write_text(text)
    code, _out, err = ask("import", "customer", "c.csv", "--keep-good")
    assert code == 3
    assert err.splitlines()[-1].startswith("c.csv:3: number ")
    assert _records(shop) == ["CU26-0001"]


def test_nothing_is_said_to_be_unchanged_that_was_changed(shop: Path, ask: Ask) -> None:
    """Where the refused rows cannot be put down the good ones are not written either, as the message says."""
    Path("two.csv").write_text("姓名,电话\n钱一,13600136001\n钱二\n", encoding="utf-8")
    before = sorted(shop.rglob("*.yaml"))
    code, __, err = ask("import", "customer", "two.csv", "--keep-good", "--refused", "nowhere/rest.csv")
    assert (code, "nowhere/rest.csv" in err, sorted(shop.rglob("*.yaml"))) == (5, True, before)


def test_a_late_delivery_is_not_made_good_by_a_refund(shop: Path, ask: Ask) -> None:
    """What came late and was given back came late: else a shop would be the more punctual the more it refunds.

    What was called off and never came counts neither way.
    """
    Path("refunds.csv").write_text(
        "订单号,下单时间,姓名,电话,商品,单价,承诺送达,送达时间,状态\n"
        "A1,2026/10/4,王建国,13800138000,空调,3299,2026/10/5,2026/10/5,已完成\n"
        "A2,2026/10/4,李梅,13900139000,冰箱,2000,2026/10/6,2026/10/8,已退款\n"
        "A3,2026/10/5,赵云,13700137000,电饭煲,200,2026/10/7,,已取消\n",
        encoding="utf-8",
    )
    assert ask("import", "sale", "refunds.csv")[0] == 0
    asked = "SELECT state FROM promises WHERE what = 'deliver' ORDER BY record"
    assert ask("sql", asked, "--format", "csv")[1].split() == ["state", "kept", "kept_late", "void"]
    assert "cancelled: {on: 2026-10-08}" in (shop / "sales/2026/SA26-0002.yaml").read_text()


def test_a_phone_s_address_book_is_known_by_what_it_holds(shop: Path, ask: Ask) -> None:
    """Who types ``import customer`` for it gets the customers; of any other kind they read what to type."""
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:王建国\nTEL:13800138000\nEND:VCARD\n"
    (shop / "phone.vcf").write_text(card, encoding="utf-8")
    code, __, err = ask("import", "sale", "phone.vcf")
    assert (code, "import contacts FILE" in err) == (3, True)
    assert ask("import", "customer", "phone.vcf", "--map", "m.yaml")[0] == 2
    assert (ask("import", "customer", "phone.vcf")[0], _records(shop)) == (0, ["CU26-0001"])


def test_who_was_forgotten_does_not_come_back_with_next_months_orders(shop: Path, ask: Ask) -> None:
    """The marketplace's file holds last month's orders too: the buyer's words and name stood in the book again."""
    told = "A1,2026/3/4,王建国,13800138000,文三路,空调,KFR-35,1,3299,放在王建国家门口"
    titles = _ORDERS.split("\n", maxsplit=1)[0].partition(",承诺送达")[0] + ",备注"
    (shop / "orders.csv").write_text(f"{titles},送达时间\n{told},\n")
    assert ask("import", "sale", "orders.csv")[0] == 0
    claim = "SA26-0001/1,漏水,2026-03-09,2026-03-09,找王建国"
    (shop / "claims.csv").write_text(f"unit,fault.symptom,reported_on,fault.found_on,note\n{claim}\n")
    assert ask("import", "claim", "claims.csv")[0] == 0
    assert ask("customer", "forget", "王建国", "--yes", "--owing")[0] == 0
    (shop / "orders.csv").write_text(f"{titles},送达时间\n{told},2026/3/5 17:00\n")
    for words in (["sale", "orders.csv"], ["claim", "claims.csv"]):
        assert ask("import", *words)[0] == 0
        assert ask("import", *words, "--update")[0] == 0
    texts = [path.read_text() for path in shop.glob("*/2026/*.yaml")]
    assert [text for text in texts if "王建国" in text] == []
    assert "signed: {by: …, at: 2026-03-05T17:00}" in (shop / "deliveries/2026/DE26-0001.yaml").read_text()
