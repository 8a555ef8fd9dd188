"""The sample shop in ``data/``: what the README and the demonstration promise about it."""

from __future__ import annotations

import hashlib
import json
import re
import shlex
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from aftercare.answers.balance import balance
from aftercare.answers.breaches.all import breaches
from aftercare.answers.breaches.finding import CODES, Breach
from aftercare.answers.checking import checked
from aftercare.answers.chosen import rules_of
from aftercare.answers.due import due, row
from aftercare.answers.ledger import Ledger, ledger_of
from aftercare.answers.states import ENDED, OPEN
from aftercare.book.book import Book
from aftercare.book.shelf import Shelf
from aftercare.cli import run
from aftercare.plain.moments import is_late
from aftercare.records.claim import Claim
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
    "renew": {"kept", "waiting", "due", "overdue"},
    # Spoken ones.
    "supply_part": ALL - {"void", "due"},
    "information": ALL - {"broken", "due"},
    "other": ALL - {"overdue", "due"},
    "refund": {"kept", "kept_late", "released", "due"},
    "compensate": {"kept", "kept_late", "waiting"},
    "finish_repair": {"kept", "kept_late", "waiting"},
    "inspection": {"kept", "kept_late", "waiting"},
    "maintenance": {"kept", "overdue", "due", "waiting", "void"},
    "acknowledge": {"kept"},
    "resolve": {"kept", "kept_late", "overdue", "waiting", "void"},
    "confirm": {"kept"},
    "check_back": {"kept", "waiting", "void"},
    "pass_on": {"kept", "kept_late", "overdue", "void"},
    "make_safe": {"kept", "kept_late"},
    "report": {"kept", "overdue"},
    "replace": {"kept"},
    "return_loan": {"kept"},
    "thanks": {"kept", "overdue"},
    "invite": {"kept", "waiting", "void"},
    "appointment": {"kept", "waiting", "void"},
    "benefit": {"kept", "due"},
    "gift": {"kept", "due", "waiting", "void"},
    "correct": {"kept", "overdue"},
    "supply": {"kept"},
}
"""The states in which promises of each kind are to be seen."""

README = (DATA / "README.md").read_text("utf-8")
LISTED = re.findall(r"^\| `([^`]+)` \| `([^`]+)` \|", README, re.M)
"""The findings that the README lists, with their files."""
REASONED = re.findall(r"^\d+\. `([^`]+)`", README, re.M)
"""Those of them that it reckons by hand."""

SETTLE = [
    shlex.split(line)
    for line in """
promise apologise CL26-0012/sub-standard --how 上门致歉，换一台没拆封的
promise apologise CL26-0015/late-repair --how 电话致歉，送一台备用电视去
promise apologise CL26-0021/late-repair --how 电话致歉，星期一修好
claim take-back CL26-0022
claim decide CL26-0023 replace
delivery set DE26-0011 person=ST25-0007
delivery set DE26-0037 opened=yes
delivery make-good DE26-0038 --how 换边框
promise apologise SA26-0052/1/late-delivery --how 上门致歉
promise add --of DE26-0042/charged-delivery --kept-at today --kept-how 15元退回
delivery sign DE26-0045 --by 董慧 --opened --damage none
promise apologise IN26-0004/asked-for --how 致歉，烟钱退回
installation set IN26-0005 technician=ST25-0006
installation tick IN26-0011 讲解使用
installation set IN26-0011 explained=yes
installation tick IN26-0016 试机
installation set IN26-0016 tested=ok
accept IN26-0018/unqualified --reason 证已补考，何师傅去复查过
promise add --of IN26-0018/charged-installation --kept-at today --kept-how 80元退回
installation set IN26-0019 technician=ST25-0003
installation tick IN26-0019 先注满水 管路检漏 漏电保护 接地 防烫防冻 试机 讲解使用
installation sign IN26-0019 --by 高丽 --tested ok --explained --charged 0
promise apologise SA26-0054/1/late-installation --how 当面致歉
installation tick IN26-0020 距灶面高度 独立排烟 通风 试机 讲解使用
installation sign IN26-0020 --by 谢小芳 --tested ok --explained --charged 0
promise apologise IN26-0021/moved-installation --how 发消息致歉，仍按23号装
promise apologise CL26-0026/labour-charged --how 电话致歉，50元退回
promise apologise CO26-0002/asked-twice --how 发消息致歉
complaint assign CO26-0006 --to ST25-0001 --reason 店主自己去看
complaint tell-maker CO26-0007 --how 电话告知，照片发去
promise apologise CO26-0007/maker-not-told --how 电话致歉
promise apologise CO26-0007/unsafe --how 上门致歉
delivery tick DE26-0042 带走垃圾
promise add --of CL26-0027/above-cost --kept-at today --kept-how 7元退回
promise apologise VI26-0151/missed-call --how 当天回电致歉
accept PM26-0036/late-promise --reason 老人已走，女儿说不必再提
promise apologise PM26-0057/late-promise --how 发消息致歉
promise keep PM26-0079
promise apologise PM26-0072/broken-promise --how 发消息致歉
accept SA26-0033/1/not-served --reason 她说顺路，不在意
accept SA26-0033/1/pack/late-promise --reason 她说来得及，不用放在心上
promise apologise SA26-0046/1/late-delivery --how 电话致歉，三只到货就送
sale pay-back SA26-0057 --amount 100
promise set PM26-0077 person=ST26-0002
promise apologise VI26-0170/unwanted-contact --how 不发消息，店主当面致歉
promise add --of VI26-0180/benefit-charged --kept-at today --kept-how 10元退回
promise apologise VI26-0181/benefit-refused --how 电话致歉，星期一去测
promise apologise VI26-0109/threat --how 店主上门致歉，不再请孙师傅
""".strip().splitlines()
]
"""A command or more for each finding, each the one that fits it."""

OPENED = {"repair", "replace", "replace_other_model", "refund", "refund_with_fee", "withdraw"}
"""The remedies that the shipped packs of China can open."""

COMMANDS = [shlex.split(line, comments=True)[1:] for line in README.splitlines() if line.startswith("aftercare ")]


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


@pytest.fixture(scope="module")
def found(book: Book, shelf: Shelf) -> list[Breach]:
    """Its breaches of service on its day, settled ones too."""
    return breaches(shelf, rules_of(book.settings, book.own_packs())[0], DAY)


class Said(NamedTuple):
    """What a command printed, and its exit code."""

    out: str
    err: str
    code: int


Ask = Callable[..., Said]


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Run the program in the shop's folder, or in a copy of it, on the shop's day."""

    def ask(words: list[str], folder: Path = DATA) -> Said:
        monkeypatch.setenv("AFTERCARE_TODAY", DAY.isoformat())
        monkeypatch.setenv("AFTERCARE_BOOK", str(folder))
        code = run(words)
        printed = capsys.readouterr()
        return Said(printed.out, printed.err, code)

    return ask


def test_the_book_has_no_faults(book: Book) -> None:
    """A well-kept book is silent: files, references, order of dates, serials, the shop's own plans."""
    assert checked(book) == ([], False)


def test_the_numbers_are_those_of_the_readme(shelf: Shelf) -> None:
    """42 customers, 12 products, 74 sales, nine people."""
    models = (Customer, Product, Sale, Staff)
    assert [sum(1 for _ in shelf.of(model)) for model in models] == [42, 12, 74, 9]


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


def test_every_customer_but_the_prospects_bought_something(shelf: Shelf) -> None:
    """A person who has bought nothing yet has a file like anyone else; there are two."""
    buyers = {sale.customer for sale in shelf.of(Sale)}
    prospects = [customer.name for customer in shelf.of(Customer) if customer.id not in buyers]
    assert prospects == ["沈巧云", "吴玉珍"]


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
    assert 8 <= len(rows) <= 40
    assert len({line["what"] for line in rows}) >= 5
    assert all(line["name"] and line["phone"] for line in rows if line["customer"])
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


def test_the_readme_lists_what_check_finds(ask: Ask) -> None:
    """Every finding is listed with its file, and every listed one is found; on its day the shop has no other."""
    printed = ask(["check", "--format", "json"])
    rows = json.loads(printed.out)
    assert printed.code == 1
    assert [(row["id"], row["file"]) for row in rows] == LISTED
    assert 40 <= len(LISTED) <= 55


def test_some_of_them_are_reckoned_by_hand() -> None:
    """Sixteen different findings of the list."""
    assert len(set(REASONED)) == len(REASONED) == 16
    assert set(REASONED) <= {finding for finding, __ in LISTED}


def test_every_code_occurs(found: list[Breach]) -> None:
    """Whoever looks for an example of a code finds one that is not settled."""
    assert {breach.code for breach in found if not breach.settled} == set(CODES)


def test_every_way_of_settling_occurs(found: list[Breach]) -> None:
    """Some are settled: apologised for, made good, accepted."""
    assert {breach.settled.how for breach in found if breach.settled} == {"apology", "made_good", "accepted"}


def test_every_remedy_of_the_country_was_decided(shelf: Shelf) -> None:
    """Each remedy that the shipped packs can open was decided once, on a verdict that is kept; one was refused."""
    decisions = [decision for claim in shelf.of(Claim) for decision in claim.decisions if decision.verdict]
    assert {decision.remedy for decision in decisions if not decision.refused} == OPENED
    assert any(decision.refused and decision.reason for decision in decisions)


def test_each_verdict_has_its_trace(shelf: Shelf) -> None:
    """The trace of a verdict lies beside its claim, and is the one whose hash the claim keeps."""
    for claim in shelf.of(Claim):
        kept = [decision.verdict.trace for decision in claim.decisions if decision.verdict]
        files = sorted(DATA.glob(f"claims/*/{claim.id}.verdict-*.json"))
        assert [hashlib.sha256(file.read_bytes()).hexdigest() for file in files] == kept


def test_repairs_are_in_progress(shelf: Shelf) -> None:
    """Some wait for parts of the maker, some for the shop; one thing is lent and out, another came back."""
    stays = [stay for claim in shelf.of(Claim) for stay in claim.repairs if stay.out is None]
    waiting = {wait.because for stay in stays for wait in stay.waiting if wait.to is None}
    assert waiting == {"no_parts", "no_parts_from_producer", "repairer_delay"}
    loans = [loan for claim in shelf.of(Claim) for loan in claim.loans]
    assert {loan.back is None for loan in loans} == {True, False}


def test_everything_can_be_settled_by_commands(tmp_path: Path, ask: Ask) -> None:
    """After a fitting command for each finding ``check`` is silent."""
    folder = Path(shutil.copytree(DATA, tmp_path / "shop"))
    for words in SETTLE:
        done = ask(words, folder)
        assert done.code == 0, done.err
    assert ask(["check"], folder) == ("", "", 0)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_the_commands_of_the_readme_show_something(words: list[str], ask: Ask) -> None:
    """Each command that the shop's README names works as it stands there; only ``check book`` is silent."""
    done = ask(words)
    finds = words[0] == "check" and words != ["check", "book"]
    assert (done.code, bool(done.out)) == (int(finds), words != ["check", "book"]), done.err
