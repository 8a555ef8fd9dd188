"""What is wrong in a book and can be mended; and that every code is explained."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import aftercare
from aftercare.answers.breaches.finding import CODES as BREACHES
from aftercare.answers.checking import checked, looked
from aftercare.answers.findings import BREACHES as GROUPS
from aftercare.answers.findings import FAULTS
from aftercare.book.book import Book
from aftercare.plain.moments import parse
from aftercare.plain.reading import CODES
from aftercare.records.typed import _SENTENCES

GOOD = {
    "aftercare.yaml": "country: CN\ncurrency: CNY\ngit: no\n",
    "customers/2026/CU26-0001.yaml": "id: CU26-0001\nname: 王建国\nsince: 2026-03-01\n",
    "products/2026/PR26-0001.yaml": "id: PR26-0001\nname: 空调\ncategory: 空调\n",
    "sales/2026/SA26-0001.yaml": (
        "id: SA26-0001\ncustomer: CU26-0001\nsold_on: 2026-03-03\nitems:\n- {product: PR26-0001, serial: KF35-1}\n"
    ),
    "deliveries/2026/DE26-0001.yaml": (
        "id: DE26-0001\nsale: SA26-0001\ndispatched_at: 2026-03-04T08:00\narrived_at: 2026-03-04\n"
        "signed: {by: 王建国, at: 2026-03-04T09:00}\n"
    ),
    "claims/2026/CL26-0001.yaml": (
        "id: CL26-0001\nunit: SA26-0001/1\nreported_on: 2026-03-05\nfault: {found_on: 2026-03-05}\n"
        "repairs:\n- in: 2026-03-05\n  waiting: [{from: 2026-03-05, to: 2026-03-06}]\n  out: 2026-03-06\n"
    ),
    "visits/2026/VI26-0001.yaml": (
        "id: VI26-0001\ncustomer: CU26-0001\nchannel: phone\npurpose: call_back\nkeeps: [SA26-0001/1/call-back.1]\n"
        "at: 2026-03-07\noutcome: reached\n"
    ),
}


FILES = {
    **{file.split("/")[0].rstrip("s"): file for file in GOOD if "/" in file},
    "delivery": "deliveries/2026/DE26-0001.yaml",
    "settings": "aftercare.yaml",
    "second_sale": "sales/2026/SA26-0002.yaml",
    "pack": "policies/own.yaml",
}


def _book(root: Path, **changed: str) -> Book:
    """A good book but for the files that are given, by what they hold."""
    for file, text in (GOOD | {FILES[name]: text for name, text in changed.items()}).items():
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(text, encoding="utf-8")
    return Book(root)


def _found(book: Book, group: str = "book") -> list[str]:
    return [f"{fault.file.rpartition('/')[2]}:{fault.line}: {fault.code}" for fault in checked(book, group).faults]


def test_a_good_book_is_silent(tmp_path: Path) -> None:
    """Nothing is wrong, whatever is looked at."""
    book = _book(tmp_path)
    assert [checked(book, group) for group in FAULTS] == [([], False)] * 3


_SALE = "id: SA26-0001\ncustomer: CU26-0001\nsold_on: 2026-03-03\nitems:\n- {product: PR26-0001, serial: KF35-1}\n"
_DELIVERY = "id: DE26-0001\nsale: SA26-0001\n"
_TWIN = _SALE.replace("SA26-0001", "SA26-0002")
_CLAIM = "id: CL26-0001\nunit: SA26-0001/1\nreported_on: 2026-03-05\n"
_VISIT = "id: VI26-0001\ncustomer: CU26-0001\nchannel: phone\npurpose: call_back\nat: 2026-03-07\noutcome: reached\n"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"customer": "id: CU26-0001\nname: a\nadress: {text: x}\n"}, ["CU26-0001.yaml:3: unknown-key"]),
        ({"customer": "id: CU26-0001\nname: a\naddress:\n  text: x\n  txt: y\n"}, ["CU26-0001.yaml:5: unknown-key"]),
        ({"sale": _SALE.replace("serial:", "seriel:")}, ["SA26-0001.yaml:5: unknown-key"]),
        ({"settings": "country: CN\nbegin_on: 2026-01-01\n"}, ["aftercare.yaml:2: unknown-key"]),
        ({"product": "id: PR26-0001\nname: a\ncategory: fridgee\n"}, ["PR26-0001.yaml:3: category"]),
        ({"sale": _SALE + "person: ST26-0009\n"}, ["SA26-0001.yaml:6: reference"]),
        ({"sale": _SALE.replace("PR26-0001", "CU26-0001")}, ["SA26-0001.yaml:5: reference"]),
        ({"claim": _CLAIM.replace("/1", "/2")}, ["CL26-0001.yaml:2: reference"]),
        ({"visit": _VISIT + "keeps:\n- SA26-0001/1/x\n- SA26-0009/1/x\n"}, ["VI26-0001.yaml:9: promise"]),
        ({"visit": _VISIT + "keeps: [SA26-0001/2/call-back.1]\n"}, ["VI26-0001.yaml:7: promise"]),
        ({"visit": _VISIT + "heard: [WI26-1 一样, WI26-0009, SA26-0009]\n"}, ["VI26-0001.yaml:7: reference"]),
        ({"claim": _CLAIM.replace("-05", "-02")}, ["CL26-0001.yaml:3: order"]),
        ({"claim": _CLAIM + "fault: {found_on: 2026-03-06}\n"}, ["CL26-0001.yaml:3: order"]),
        (
            {"claim": _CLAIM + "repairs:\n- {in: 2026-03-05}\n- {in: 2026-03-08, out: 2026-03-07}\n"},
            ["CL26-0001.yaml:6: order"],
        ),
        (
            {"claim": _CLAIM + "repairs:\n- in: 2026-03-05\n  waiting: [{from: 2026-03-04, to: 2026-03-03}]\n"},
            ["CL26-0001.yaml:6: order", "CL26-0001.yaml:6: order"],
        ),
        (
            {"delivery": _DELIVERY + "signed: {by: a, at: 2026-03-02}\n"},
            ["DE26-0001.yaml:3: order"],
        ),
        ({"claim": _CLAIM + "repairs:\n- {in: 2026-03-04}\n"}, ["CL26-0001.yaml:5: order"]),
        ({"claim": _CLAIM + "facts: {same_model_available: yes, same_model: no}\n"}, ["CL26-0001.yaml:4: fact"]),
        ({"claim": _CLAIM + "exclusions: [misuse, misused]\n"}, ["CL26-0001.yaml:4: fact"]),
        ({"claim": _CLAIM + "replaced: {on: 2026-03-04}\n"}, ["CL26-0001.yaml:4: order"]),
        (
            {"delivery": f"{_DELIVERY}arrived_at: 2026-03-05T09:00\nsigned: {{by: a, at: 2026-03-05T08:59}}\n"},
            ["DE26-0001.yaml:4: order"],
        ),
        ({"second_sale": _TWIN.replace("KF", "ｋｆ")}, ["SA26-0002.yaml:5: serial"]),
        ({"sale": _SALE + "cancelled: {on: 2026-03-01}\n"}, ["SA26-0001.yaml:6: order"]),
        ({"settings": "packs: [no-such-pack]\n"}, ["aftercare.yaml:1: setting"]),
        ({"settings": "git: no\nlanguage: fr\n"}, ["aftercare.yaml:2: setting"]),
        ({"pack": "id: own\nissuer: shop\n"}, ["own.yaml:1: missing"]),
        ({"customer": "id: CU26-0001\nneeds: [x]\n"}, ["CU26-0001.yaml:1: missing", "CU26-0001.yaml:2: choice"]),
        ({"customer": "id: CU26-0001\nname: 'a\n"}, ["CU26-0001.yaml:3: yaml-syntax"]),
    ],
)  # fmt: skip
def test_each_fault_is_found_with_its_line(tmp_path: Path, changed: dict[str, str], expected: list[str]) -> None:
    """One fault in a good book is one finding: nothing else is suspected because of it."""
    assert _found(_book(tmp_path, **changed)) == expected


def test_the_likely_key_is_named(tmp_path: Path) -> None:
    """So that a typing error is mended at a glance."""
    book = _book(tmp_path, customer="id: CU26-0001\nname: a\nadress: {text: x}\n")
    assert checked(book).faults[0].message == "adress is not known; did you mean address?"


def test_a_sale_that_was_called_off_frees_its_serial_numbers(tmp_path: Path) -> None:
    """The thing went back on the shelf and was sold again."""
    book = _book(tmp_path, sale=_SALE + "cancelled: {on: 2026-03-04}\n", second_sale=_TWIN)
    assert _found(book) == []


def test_what_was_imported_twice_is_found_within_a_kind(tmp_path: Path) -> None:
    """A customer and a sale may come from the same row; two sales may not."""
    key = 'source_key: "1042"\n'
    customer = GOOD["customers/2026/CU26-0001.yaml"] + key
    twin = _TWIN.replace("KF35-1", "KF35-2") + key
    assert _found(_book(tmp_path, customer=customer, sale=_SALE + key)) == []
    assert _found(_book(tmp_path, customer=customer, sale=_SALE + key, second_sale=twin)) == ["SA26-0002.yaml:6: twice"]


def test_groups_look_at_their_own_faults_and_always_at_invalid_files(tmp_path: Path) -> None:
    """Files by themselves, references, or all; a file that is not valid is named by each."""
    book = _book(
        tmp_path,
        customer="id: CU26-0001\nname: a\nadress: x\n",
        sale=_SALE + "person: ST26-0009\ncancelled: {on: 2026-03-01}\n",
        visit="id: VI26-0001\n",
    )
    broken = ["VI26-0001.yaml:1: missing"] * 5
    key, dangling, order = "CU26-0001.yaml:3: unknown-key", "SA26-0001.yaml:6: reference", "SA26-0001.yaml:7: order"
    assert _found(book, "files") == [key, *broken]
    assert _found(book, "references") == [dangling, *broken]
    assert _found(book, "book") == [key, dangling, order, *broken]
    assert checked(book, "references").invalid


def _about(book: Book, group: str, now: str = "2026-03-09", *, as_known: bool = False) -> list[str]:
    """The faults and the breaches of one group, by file, line and code."""
    found, fallen = looked(book, group, parse(now), as_known=as_known)
    return [
        f"{fault.file.rpartition('/')[2]}:{fault.line}: {fault.code}"
        for fault in (*found.faults, *(f[0] for f in fallen))
    ]


def test_breaches_stand_on_lines_of_files_beside_the_faults(tmp_path: Path) -> None:
    """Without a group both are looked for; a field of work alone is that and nothing else."""
    unopened = (
        f"{_DELIVERY}person: ST26-0009\n" + "deliver: {by: 2026-03-08}\nsigned: {by: 王建国, at: 2026-03-04T09:00}\n"
    )
    book = _book(tmp_path, delivery=unopened)
    dangling = "DE26-0001.yaml:3: reference"
    assert _about(book, "") == [dangling, "DE26-0001.yaml:5: unopened"]
    assert _about(book, "delivery") == ["DE26-0001.yaml:5: unopened"]
    assert [_about(book, group) for group in GROUPS[1:]] == [[]] * (len(GROUPS) - 1)
    assert _about(book, "book") == [dangling]
    assert _about(book, "", "2026-03-03") == [dangling]


def test_looked_at_as_known_on_a_day_later_facts_prove_nothing(tmp_path: Path) -> None:
    """What mended a breach afterwards had not happened yet."""
    brought = _DELIVERY + "person: ST26-0009\ndeliver: {by: 2026-03-08}\narrived_at: 2026-03-04\nopened: yes\n"
    book = _book(tmp_path, delivery=f"{brought}signed: {{by: a, at: 2026-03-08}}\n")
    assert _about(book, "delivery", "2026-03-06") == []
    assert "DE26-0001.yaml:5: unsigned-delivery" in _about(book, "delivery", "2026-03-06", as_known=True)


def test_files_that_are_not_valid_are_named_beside_breaches_too(tmp_path: Path) -> None:
    """Whatever was asked for; their records count nowhere."""
    book = _book(tmp_path, visit="id: VI26-0001\n")
    assert _about(book, "claims") == ["VI26-0001.yaml:1: missing"] * 5


def test_what_settles_a_breach_names_one(tmp_path: Path) -> None:
    """Deliveries and spoken promises have no steps, so what follows them is a code or a mistake; a contact has what it
    left to be done, each once.
    """
    book = _book(tmp_path)
    file = tmp_path / "promises/2026/PM26-0001.yaml"
    file.parent.mkdir(parents=True)
    for of, expected in (
        ("DE26-0001/unopened", []),
        ("SA26-0001/1/late-delivery", []),
        ("IN26-0001/moved-installation.2", ["PM26-0001.yaml:2: promise"]),
        ("DE26-0001/unopend", ["PM26-0001.yaml:2: promise"]),
        ("SA26-0001/2/late-delivery", ["PM26-0001.yaml:2: promise"]),
        ("VI26-0001/missed-call", []),
        ("VI26-0001/answer.1", []),
        ("VI26-0001/answer.1/apology", []),
        ("VI26-0001/answer.2", ["PM26-0001.yaml:2: promise"]),
        ("VI26-0001/1/answer.1", ["PM26-0001.yaml:2: promise"]),
        ("VI26-0001/answer.1/call", ["PM26-0001.yaml:2: promise"]),
    ):
        file.write_text(f"id: PM26-0001\nof: {of}\naccepted: {{on: 2026-03-09, reason: a}}\n", encoding="utf-8")
        assert _found(book) == expected


_OF_SPREADSHEETS = (
    "sheets.py", "sheet_rows.py", "sheet_texts.py", "workbooks.py", "vcards.py", "importing", "imports.py",
)  # fmt: skip
"""Modules and rooms whose codes are about files that are no part of a book."""
_CODE_AT = {"Fault": 2, "Finding": 2, "Loose": 1, "Misfit": 1, "_fault": 2, "_add": 1, "complain": 0, "fault": 1}
_CODE = re.compile(r"[a-z]+(-[a-z0-9]+)*")


def _codes() -> set[str]:
    folder = Path(aftercare.__file__).parent
    files = [file for file in folder.rglob("*.py") if not set(file.parts) & set(_OF_SPREADSHEETS)]
    written = {code for file in files for code in _written(ast.parse(file.read_text(encoding="utf-8")))}
    return written | set(CODES) | {code for code, _sentence in _SENTENCES.values()} | set(BREACHES)


def _written(tree: ast.AST) -> Iterator[str]:
    """Codes in the source: as arguments of faults, and as the second of three in what a check gives back."""
    for node in ast.walk(tree):
        places: list[ast.expr] = []
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            places = node.args[_CODE_AT[name] :][:1] if name in _CODE_AT else []
        elif isinstance(node, ast.Return | ast.Yield) and isinstance(node.value, ast.Tuple):
            places = [node.value.elts[1]] if len(node.value.elts) == 3 else []
        for place in places:
            for part in (place.body, place.orelse) if isinstance(place, ast.IfExp) else (place,):
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and _CODE.fullmatch(part.value):
                    yield part.value


def test_every_code_is_explained_and_every_explained_code_is_used() -> None:
    """The page and the program name the same codes: what a line of ``check`` means can be looked up."""
    explained: set[str] = set()
    for page in ("check", "repair"):
        text = (Path(__file__).parents[2] / f"docs/{page}.md").read_text(encoding="utf-8")
        codes = re.findall(r"^\| `([a-z0-9-]+)` \|", text, re.MULTILINE)
        assert len(codes) == len(set(codes))
        explained |= set(codes)
    assert explained == _codes()


def test_nobody_stands_twice_on_one_list(tmp_path: Path) -> None:
    """Only the first row of a customer counts, so a second one is a fault, under whichever id."""
    guests = "guests: [{customer: CU26-0001}, {customer: CU26-0002}, {customer: CU26-0001}]\n"
    event = f"id: EV26-0001\nname: 联欢\nat: 2026-12-20\nplanned_on: 2026-12-01\n{guests}"
    book = _book_of(tmp_path, event)
    found = [fault for fault in checked(book).faults if fault.code == "guest-twice"]
    assert [(fault.file, fault.line) for fault in found] == [("events/2026/EV26-0001.yaml", 5)]
    assert "as guest 1" in found[0].message


def test_a_contact_may_keep_what_a_guest_is_owed(tmp_path: Path) -> None:
    """A promise to a guest is called by its event; what names an event that is not there keeps nothing."""
    event = "id: EV26-0001\nname: 联欢\nat: 2026-12-20\nplanned_on: 2026-12-01\nguests: [{customer: CU26-0001}]\n"
    book = _book_of(tmp_path, event)
    keeps = "keeps: [CU26-0001/called-off.EV26-0001, CU26-0001/called-off.EV26-0009]\n"
    visit = f"id: VI26-0001\ncustomer: CU26-0001\nchannel: phone\npurpose: information\n{keeps}at: 2026-12-02\n"
    (tmp_path / "visits/2026").mkdir(parents=True)
    (tmp_path / "visits/2026/VI26-0001.yaml").write_text(f"{visit}outcome: reached\n", encoding="utf-8")
    assert [(fault.code, fault.message.count("EV26-0009")) for fault in checked(book).faults] == [("promise", 1)]


def _book_of(folder: Path, event: str) -> Book:
    (folder / "aftercare.yaml").write_text("shop: 店\ngit: no\n", encoding="utf-8")
    for number in (1, 2):
        file = folder / f"customers/2026/CU26-000{number}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"id: CU26-000{number}\nname: 王建国\n", encoding="utf-8")
    (folder / "events/2026").mkdir(parents=True)
    (folder / "events/2026/EV26-0001.yaml").write_text(event, encoding="utf-8")
    return Book(folder)
