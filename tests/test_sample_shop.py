"""The sample shop in ``data/``: what the README and the demonstration promise about it."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from aftercare.answers.balance import balance
from aftercare.answers.checking import checked
from aftercare.answers.chosen import rules_of
from aftercare.answers.due import due, row
from aftercare.answers.ledger import Ledger, ledger_of
from aftercare.answers.promises import ENDED, OPEN
from aftercare.book.book import Book
from aftercare.book.shelf import Shelf
from aftercare.plain.moments import is_late
from aftercare.records.customer import Customer
from aftercare.records.delivery import Delivery
from aftercare.records.fields import Move
from aftercare.records.installation import Installation
from aftercare.records.product import Product
from aftercare.records.promise import Promise as PromiseRecord
from aftercare.records.sale import Sale
from aftercare.records.schema import leaves
from aftercare.records.staff import Staff

DATA = Path(__file__).parent.parent / "data"
DAY = date(2026, 11, 20)
ALL: set[str] = {*ENDED, *OPEN}
STATES = {
    "deliver": ALL,
    "install": ALL,
    "pack": ALL,
    "call_back": ALL,
    "revisit": ALL,
    "answer": ALL,
    "training": ALL,
    # Nobody makes a vain promise of an apology, and late a greeting is worthless.
    "apology": ALL - {"broken"},
    "greeting": ALL - {"kept_late", "overdue"},
    # Spoken ones.
    "supply_part": ALL - {"void", "due"},
    "information": ALL - {"broken", "void", "due"},
    "other": ALL - {"overdue", "due"},
    "refund": {"kept", "kept_late", "released", "due"},
    "compensate": {"kept", "kept_late", "waiting"},
    "finish_repair": {"kept", "kept_late", "waiting"},
    "inspection": {"kept", "kept_late", "waiting"},
    "maintenance": {"kept", "overdue", "due", "waiting"},
    "replace": {"kept"},
    "return_loan": {"kept"},
}
"""The states in which promises of each kind are to be seen."""

COMMANDS = [
    shlex.split(line, comments=True)[1:]
    for line in (DATA / "README.md").read_text("utf-8").splitlines()
    if line.startswith("aftercare ")
]


@pytest.fixture(scope="module")
def book() -> Book:
    """The sample shop."""
    return Book(DATA)


@pytest.fixture(scope="module")
def shelf(book: Book) -> Shelf:
    """Its records."""
    return book.read()


@pytest.fixture(scope="module")
def ledger(book: Book, shelf: Shelf) -> Ledger:
    """Its promises on its day."""
    return ledger_of(shelf, rules_of(book.settings, book.own_packs())[0], DAY)


def test_the_book_has_no_faults(book: Book) -> None:
    """A well-kept book is silent: files, references, order of dates, serials, the shop's own plans."""
    assert checked(book) == ([], False)


def test_the_numbers_are_those_of_the_readme(shelf: Shelf) -> None:
    """40 customers, 12 products, 70 sales, nine people."""
    models = (Customer, Product, Sale, Staff)
    assert [sum(1 for _ in shelf.of(model)) for model in models] == [40, 12, 70, 9]


def test_nothing_has_happened_after_the_day_of_the_shop(shelf: Shelf) -> None:
    """The fixed day is the last the book knows of."""
    later = [
        (record.id, leaf.path)
        for record in shelf.records.values()
        for leaf in leaves(record)
        if leaf.field.is_fact and is_late(leaf.value, DAY)
    ]
    assert later == []


def test_no_telephone_number_can_be_somebodys() -> None:
    """Mobile numbers of China begin with 13 to 19 and no subscriber's number in Hangzhou with 0000."""
    runs = [
        (path.name, run)
        for path in sorted(DATA.glob("*/*/*.yaml"))
        for run in re.findall(
            r"(?<![\d:T-])0571-\d{8}|(?<![\w-])\d{3}[ -]?\d{4}[ -]?\d{4}(?!\d)", path.read_text("utf-8")
        )
    ]
    assert len(runs) > 50
    assert [(name, run) for name, run in runs if not re.match(r"0571-0000\d{4}$|1[012]", run)] == []


def test_every_customer_but_the_prospect_bought_something(shelf: Shelf) -> None:
    """A person who has bought nothing yet has a file like anyone else; there is one."""
    buyers = {sale.customer for sale in shelf.of(Sale)}
    prospects = [customer.name for customer in shelf.of(Customer) if customer.id not in buyers]
    assert prospects == ["沈巧云"]


def test_every_state_occurs(ledger: Ledger) -> None:
    """Each state of the ledger can be looked at."""
    assert {promise.state for promise in ledger.promises} == ALL


@pytest.mark.parametrize("what", STATES)
def test_every_kind_of_promise_is_seen_in_its_states(ledger: Ledger, what: str) -> None:
    """A reader finds an example of whatever can become of a promise of this kind."""
    seen = {promise.state for promise in ledger.promises if promise.what == what}
    assert STATES[what] - seen == set()


def test_all_kinds_are_in_the_table(ledger: Ledger) -> None:
    """No kind of promise occurs that this file does not expect."""
    assert {promise.what for promise in ledger.promises} == set(STATES)


def test_the_balance_adds_up(ledger: Ledger) -> None:
    """What was made was kept, kept late, broken, released, void or is open; the lines add up to the total."""
    *lines, total = balance(ledger.promises, "what", date.min, date.max)
    for line in (*lines, total):
        assert line.made == line.kept + line.kept_late + line.broken + line.released + line.void + line.open
    assert total.made == sum(line.made for line in lines) == len(ledger.promises)


def test_due_reads_well(ledger: Ledger) -> None:
    """The morning's list fits a screen, is of many kinds, says whom to call, and is late by very different spans."""
    rows = [row(promise, ledger, DAY) for promise in due(ledger, DAY)]
    assert 8 <= len(rows) <= 25
    assert len({line["what"] for line in rows}) >= 5
    assert all(line["name"] and line["phone"] for line in rows)
    late = {line["overdue_days"] for line in rows}
    assert {0, 1, 3, 14} <= late


def test_times_were_moved_by_either_side(shelf: Shelf) -> None:
    """Moved by the customer, by the shop with consent and by the shop without: all three occur."""
    moves: list[Move] = []
    for record in shelf.records.values():
        if isinstance(record, Delivery | Installation | PromiseRecord):
            moves.extend(record.moved)
    assert {(move.asked_by, move.by_consent) for move in moves} == {
        ("customer", True),
        ("shop", True),
        ("shop", False),
    }


def test_a_move_without_consent_moves_nothing(ledger: Ledger) -> None:
    """The installation that the shop put off by itself is late by the first time told, and was apologised for."""
    promise, apology = ledger.get("SA26-0018/1/install"), ledger.get("SA26-0018/1/install/apology")
    assert promise is not None
    assert apology is not None
    assert (promise.state, promise.moves) == ("kept_late", 0)
    assert apology.state == "kept_late"


def test_deliveries_in_parts(ledger: Ledger) -> None:
    """Twelve fans in seven and five are delivered; of ten kettles three are still owed."""
    fans, kettles = ledger.get("SA26-0009/1/deliver"), ledger.get("SA26-0046/1/deliver")
    assert fans is not None
    assert kettles is not None
    assert (fans.state, fans.kept_pieces, fans.draft.pieces) == ("kept", 12, 12)
    assert (kettles.state, kettles.kept_pieces, kettles.draft.pieces) == ("overdue", 7, 10)


def test_a_call_is_given_up_after_three_attempts(ledger: Ledger) -> None:
    """Nobody answered three times: void, with the reason; nobody calls a fourth time."""
    promise = ledger.get("SA26-0022/1/call-back.2")
    assert promise is not None
    assert (promise.state, promise.attempts) == ("void", 3)


def test_only_the_goods_that_need_it_are_installed(ledger: Ledger) -> None:
    """An installation that names no lines is about the air conditioner of the sale, not about its television."""
    assert ledger.get("SA26-0059/1/install") is not None
    assert ledger.get("SA26-0059/2/install") is None


def test_nothing_waits_for_an_installation_that_will_not_come(ledger: Ledger) -> None:
    """Where the customer let go of the installation, the visits planned after it are void."""
    install = ledger.get("SA26-0038/1/install")
    assert install is not None
    assert install.state == "released"
    revisits = [p.state for p in ledger.about("SA26-0038/1") if p.what == "revisit"]
    assert Counter(revisits) == {"void": 4}


def test_a_figure_of_the_shops_own_plan_holds_from_its_day(ledger: Ledger) -> None:
    """Fans were called about twice until June and once since July."""
    june = [p.id for p in ledger.about("SA26-0022/1") if p.draft.plan and p.draft.plan.step == "call-back"]
    july = [p.id for p in ledger.about("SA26-0029/1") if p.draft.plan and p.draft.plan.step == "call-back"]
    assert (len(june), len(july)) == (2, 1)


def test_birthdays_of_either_calendar(shelf: Shelf) -> None:
    """Leap month, thirtieth day, twelfth month, 29 February and a birthday without its year occur."""
    days = {c.birthday.solar or c.birthday.lunar or "" for c in shelf.of(Customer) if c.birthday}
    assert {"闰六月十五", "八月三十", "腊月初八", "腊月三十", "1992-02-29", "--08-08"} <= days


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_the_commands_of_the_readme_show_something(words: list[str]) -> None:
    """Each command that the shop's README names works as it stands there; ``check`` alone is silent."""
    environment = {**os.environ, "AFTERCARE_TODAY": DAY.isoformat(), "AFTERCARE_BOOK": str(DATA)}
    done = subprocess.run(
        [sys.executable, "-m", "aftercare", *words], capture_output=True, env=environment, text=True, check=False
    )
    assert (done.returncode, bool(done.stdout)) == (0, words != ["check"]), done.stderr
