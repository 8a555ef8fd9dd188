"""``add``: every field is a flag, the id alone is printed, and what ``show`` prints goes back in."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aftercare.commands.flags import Flag, flags_of
from aftercare.plain.reading import read
from aftercare.plain.tree import Tree, get
from aftercare.records.fields import Amounted, Dated, Figured, Lasting, PartOfLine, YesOrNo
from aftercare.records.kinds import MODELLED
from aftercare.records.schema import FieldOf, fields_of
from tests import counter as small_shop
from tests.counter import Counter

KIND_NAMES = tuple(MODELLED)
REFS = {
    "customer": "CU26-0001",
    "product": "PR26-0001",
    "sale": "SA25-0009",
    "claim": "CL26-0001",
    "staff": "ST25-0001",
    "unit": "SA26-0001/1",
    "any_promise": "SA26-0001/1/deliver",
    "visit": "VI26-0001",
    "part": "PA26-0001",
    "offer": "OF26-0001",
    "promise": "PM26-0001",
    "complaint": "CO26-0001",
}
SHORTEST = {
    "customer": "--name 赵六",
    "product": "--name 台灯 --category 灯具",
    "sale": "--customer 1 --product PR26-0001",
    "delivery": "--sale SA26-0002",
    "installation": "--sale 1",
    "claim": "--unit 9 --found-on 昨天",
    "visit": "--customer 1 --outcome reached",
    "promise": "--to 1 --what 回电话 --due fri",
    "staff": "--name 赵六",
    "complaint": "--customer 1 --what 没来",
    "part": "--name 压缩机",
    "wish": "--customer 1 --words 字再大一点",
    "enquiry": "--customer 1 --question 多大的",
    "offer": "--title 国庆送清洗 --since today",
    "event": "--name 联欢 --at fri",
    "points": "--customer 1 --given 100",
}
TYPED = {
    "--exclusion": "misuse",
    "--birthday": "农历八月十五",
    "--category": "空调",
    "--what": "information",
    "--training": "on=2026-03-05,what=上门规范,by=ST25-0001,until=2027-03-05",
    "--received": "at=2026-03-05,qty=9,cost=40,from=话,for=CL26-0001",
}
"""Values that the type of a flag's field does not say."""
MARKED: dict[type, str] = {YesOrNo: "yes", Dated: "2026-03-05", Figured: "3", Lasting: "2d", Amounted: "40"}
"""Something that a field takes by its mark, as one would type it."""
BENEFIT = "id: ours\nissuer: shop\ntitle: t\nbenefits: [{id: tea, title: 话, category: goods}]\n"
"""A benefit for whatever a flag asks for."""
OPENED = {"visit": ("opened", "reopened")}
"""What else the answer about a record of a kind has: what a contact opened."""
LEFT_OUT = {
    "customer": {"--referred-by", "--left-heir"},
    "wish": {"--heard-in"},
    "points": {"--gift", "--drawn"},
    "promise": {"--of", "--heard-in"},
}


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop, with something that it published."""
    counter = small_shop.opened(tmp_path / "book", capsys, monkeypatch)
    counter.write("offers/2026/OF26-0001.yaml", "id: OF26-0001\ntitle: 三八特价\npublished_on: 2026-03-01\n")
    counter.write("policies/ours.yaml", BENEFIT)
    return counter


def _value(field: FieldOf) -> str:
    """Something that a field takes, as one would type it."""
    marks = {type(mark) for mark in field.marks}
    if field.refers:
        return REFS[field.refers.kinds[0]]
    if field.choices:
        return field.choices[0]
    if PartOfLine in field.types:
        return "1"
    if field.part:
        return ",".join(_pairs(field))
    return next((MARKED[mark] for mark in MARKED if mark in marks), "话")


def _pairs(field: FieldOf) -> Iterator[str]:
    """The values of a group, ``name=value``."""
    assert field.part is not None
    for inner in fields_of(field.part):
        if not inner.part and inner.shape != "named":
            yield f"{inner.name}={_value(inner)}"


def _words(flag: Flag) -> list[str]:
    if YesOrNo in map(type, flag.field.marks):
        return [flag.name]
    if flag.field.shape == "named":
        return [flag.name, flag.field.about.example or "use=正常"]
    return [flag.name, TYPED.get(flag.name, _value(flag.field))]


def _every_flag(kind: str) -> list[Flag]:
    return [flag for flag in flags_of(kind) if flag.name not in LEFT_OUT.get(kind, set())]


def _written(counter: Counter, record: str) -> dict[str, Tree]:
    return read(counter.text(record).encode(), record)


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_every_field_is_a_flag_and_ends_up_at_its_path(counter: Counter, kind: str) -> None:
    """A record can be written down whole in one command; what was typed stands where it belongs."""
    flags = _every_flag(kind)
    printed = counter.done(f"{kind} add", *[word for flag in flags for word in _words(flag)])
    (record,) = printed.lines
    tree = _written(counter, record)
    assert [flag.name for flag in flags if get(tree, flag.path) in (None, [], {})] == []


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_every_flag_is_in_the_help(counter: Counter, kind: str) -> None:
    """A flag that is not shown is not there for whoever reads the help; each says what it is for."""
    page = counter.done(f"{kind} add --help").out
    missing = [flag.name for flag in flags_of(kind) if f"{flag.name} " not in page and f"{flag.name}\n" not in page]
    assert missing == []


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_what_show_prints_goes_back_in(counter: Counter, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy is the record, but for its id."""
    (record,) = counter.done(f"{kind} add", *[word for flag in _every_flag(kind) for word in _words(flag)]).lines
    shown = counter.done(f"{kind} show {record} --format json")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(shown.out.encode())))
    (copy,) = counter.done(f"{kind} add --from -").lines
    assert copy != record
    again = counter.done(f"{kind} show {copy} --format json").json
    assert again | {"id": record} == shown.json
    assert _written(counter, copy) | {"id": record} == _written(counter, record)


@pytest.mark.parametrize(("kind", "flags"), SHORTEST.items(), ids=str)
def test_only_the_id_is_printed(counter: Counter, kind: str, flags: str) -> None:
    """On stdout the id, alone; what was meant and what it did to the ledger on stderr."""
    printed = counter.done(f"{kind} add {flags}")
    (record,) = printed.lines
    assert printed.out == f"{record}\n"
    assert _written(counter, record)["id"] == record
    assert counter.done(f"{kind} show {record} --format ids").lines == [record]


@pytest.mark.parametrize(("kind", "flags"), SHORTEST.items(), ids=str)
def test_in_json_the_answer_is_one_object(counter: Counter, kind: str, flags: str) -> None:
    """The id, what it kept and what it promises, and what a contact opened; on stderr nothing of that."""
    answer = counter.done(f"{kind} add {flags} --format json").json
    assert list(answer) == ["id", "kept", "promised", *OPENED.get(kind, ())]
    assert isinstance(answer["kept"], list)
    assert (answer["promised"] == [answer["id"]]) is (kind == "promise")


def test_the_effect_is_said_on_stderr(counter: Counter) -> None:
    """What is kept, whether in time, and what is promised by when."""
    sold = counter.done("sale add --customer 王建国 --product KFR-35 --price 3299 --deliver-by 2026-03-12")
    assert sold.out == "SA26-0003\n"
    assert sold.err.splitlines()[-1] == "promises SA26-0003/1/deliver by Thu 12 March 2026"
    signed = counter.done("delivery add --sale SA26-0003 --signed-by 王建国 --signed-at today --format json").json
    assert signed["kept"] == ["SA26-0003/1/deliver"]
    late = counter.done("delivery add --sale SA26-0001 --signed-by 王建国 --signed-at today")
    assert "keeps SA26-0001/1/deliver, late" in late.err


class TestSale:
    """The flags that the main path uses."""

    def test_a_new_customer_in_the_same_breath(self, counter: Counter) -> None:
        """Name, phone and address make the customer; only the sale's id is printed."""
        line = "sale add --name 钱七 --phone 13700137000 --phone 057112345678 --address 天目山路 --product KFR-35"
        assert counter.done(line).out == "SA26-0003\n"
        customer = _written(counter, "CU26-0003")
        assert customer["phones"] == ["13700137000", "057112345678"]
        assert customer["address"] == {"text": "天目山路"}
        assert _written(counter, "SA26-0003")["customer"] == "CU26-0003"

    def test_a_sale_that_fails_leaves_no_customer(self, counter: Counter) -> None:
        """One command is one or none."""
        before = counter.files()
        assert counter("sale add --name 钱七 --product KFR-35 --price x").code == 2
        assert counter("sale add --name 钱七 --product KFR-35 --sold-on tomorrow").code == 5
        assert counter.files() == before

    def test_lines_of_every_sort(self, counter: Counter) -> None:
        """``--item`` for each line, or one product, or one line for each serial number of a file."""
        items = [
            "--item",
            "product=KFR-35,serial=A-1,price=3,299.00".replace("3,299", "3299"),
            "--item",
            "product=折叠椅,qty=12,price=58",
        ]
        counter.done("sale add --customer 1", *items)
        assert _written(counter, "SA26-0003")["items"] == [
            {"product": "PR26-0001", "serial": "A-1", "price": "3299.00"},
            {"product": "PR26-0002", "qty": "12", "price": "58.00"},
        ]
        counter.write("serials.txt", "B-1\nB-2\n\nB-3\n")
        counter.done("sale add --customer 1 --product KFR-35 --price ￥3,199 --serials serials.txt")
        lines = _written(counter, "SA26-0004")["items"]
        assert isinstance(lines, list)
        assert [line["serial"] for line in lines if isinstance(line, dict)] == ["B-1", "B-2", "B-3"]
        assert counter.done("unit show b-2 --format json").json["id"] == "SA26-0004/2"

    @pytest.mark.parametrize("flags", ["--serials s.txt --qty 2", "--serials s.txt --serial x", "--serials empty.txt"])
    def test_serials_stand_alone(self, counter: Counter, flags: str) -> None:
        """A file of serials says how many there are; an empty one is a mistake."""
        counter.write("s.txt", "B-1\n")
        counter.write("empty.txt", "\n")
        assert counter("sale add --customer 1 --product KFR-35", *flags.split()).code == 2
        assert counter("sale add --customer 1 --product KFR-35 --serials nothere.txt").code == 2


class TestVisit:
    """``--keeps`` and ``--about`` settle the rest."""

    def test_what_is_kept_settles_customer_subject_purpose_and_channel(self, counter: Counter) -> None:
        """The promise knows with whom, about what, what for and how."""
        self._delivered(counter)
        added = counter.done("visit add --keeps SA26-0001/1/call-back.1 --outcome reached --format json").json
        tree = _written(counter, added["id"])
        assert (tree["customer"], tree["about"]) == ("CU26-0001", ["SA26-0001/1"])
        assert (tree["purpose"], tree["channel"], tree["at"]) == ("call_back", "phone", small_shop.TODAY)
        assert added["kept"] == ["SA26-0001/1/call-back.1"]

    def test_what_is_said_besides_must_agree(self, counter: Counter) -> None:
        """The same customer is no contradiction, another one is."""
        self._delivered(counter)
        line = "visit add --keeps SA26-0001/1/call-back.1 --outcome reached --customer"
        assert counter(f"{line} CU26-0002").code == 2
        assert counter(f"{line} 王建国").code == 0

    def _delivered(self, counter: Counter) -> None:
        counter.done("delivery sign SA26-0001 --by 王建国")
        counter.done("installation sign SA26-0001 --by 王建国")


class TestPromise:
    """A spoken promise in one short command."""

    def test_words_that_are_no_kind_are_kept_as_words(self, counter: Counter) -> None:
        """``--what`` takes a kind, and anything else as it was said."""
        counter.done("promise add --to 王建国 --what 周五前回电话 --due fri")
        tree = _written(counter, "PM26-0002")
        assert (tree["what"], tree["words"], tree["due"], tree["binds"]) == (
            "other",
            "周五前回电话",
            "2026-03-13",
            "told",
        )
        counter.done("promise add --to 王建国 --what refund --due +3d --plan")
        tree = _written(counter, "PM26-0003")
        assert (tree["what"], tree["binds"], "words" in tree) == ("refund", "plan", False)


class TestTimesTold:
    """A delivery or installation that names another time than was told would hide a move."""

    @pytest.mark.parametrize(
        ("noun", "flag", "told"),
        [("delivery", "--deliver-by", "2026-03-06T18:00"), ("installation", "--install-by", "2026-03-08")],
    )
    def test_another_time_is_a_move_and_the_same_adds_nothing(
        self, counter: Counter, noun: str, flag: str, told: str
    ) -> None:
        """Exit 5 names the command that moves it; the time that was told is not written twice."""
        before = counter.files()
        printed = counter(f"{noun} add --sale SA26-0001 {flag} 2026-03-20")
        assert (printed.code, counter.files()) == (5, before)
        assert f"aftercare {noun} postpone SA26-0001 --to 2026-03-20" in printed.err
        owed = counter.done("promise list --customer 1 --format ids").lines
        added = counter.done(f"{noun} add --sale SA26-0001 {flag} {told}").out.strip()
        assert "deliver" not in _written(counter, added)
        assert "install" not in _written(counter, added)
        assert counter.done("promise list --customer 1 --format ids").lines == owed

    def test_where_nothing_was_told_it_is_the_promise(self, counter: Counter) -> None:
        """The time then binds."""
        answer = counter.done("installation add --sale SA26-0002 --items 2 --install-by 2026-03-12 --format json").json
        assert answer["promised"] == ["SA26-0002/2/install"]


FACTS = {
    "customer add --name x": ["--since", "--left-on"],
    "sale add --customer 1 --product PR26-0001": ["--sold-on", "--cancelled-on"],
    "delivery add --sale SA26-0001": [
        "--arranged-on",
        "--dispatched-at",
        "--arrived-at",
        "--confirmed-at",
        "--cancelled-on",
    ],
    "delivery add --sale SA26-0001 --signed-by x": ["--signed-at"],
    "installation add --sale SA26-0001": ["--arranged-on", "--started-at"],
    "claim add --unit SA26-0001/1 --found-on 2026-03-09": ["--reported-on"],
    "claim add --unit SA26-0001/1": ["--found-on"],
    "visit add --customer 1 --outcome reached": ["--at"],
    "promise add --to 1 --what x --due fri": ["--made-on", "--kept-at", "--released-on", "--broken-on"],
    "staff add --name x": ["--left-on"],
}


@pytest.mark.parametrize(("line", "flag"), [(line, flag) for line, flags in FACTS.items() for flag in flags])
def test_a_fact_after_the_clock_is_refused(counter: Counter, line: str, flag: str) -> None:
    """What has not come yet has not happened: exit 5, the flag is named, nothing is written."""
    before = counter.files()
    for when in ("2026-03-11", "tomorrow", "2027-01-01T08:00"):
        printed = counter(f"{line} {flag}", when)
        assert (printed.code, printed.out) == (5, "")
        assert flag in printed.err
    assert counter.files() == before
    assert counter(f"{line} {flag} 2026-03-10T23:59").code == 0
    assert counter(f"{line} {flag} 2026-03-10T12:01 --today 2026-03-10T12:00").code == 5


class TestFrom:
    """``--from`` beside the formats, which test_reading covers."""

    def test_many_ids_one_a_line_and_all_or_nothing(self, counter: Counter) -> None:
        """One wrong record of three, and none is written."""
        people: list[dict[str, Any]] = [{"name": "甲"}, {"name": "乙"}, {"name": "丙"}]
        counter.write("three.json", json.dumps(people))
        assert counter.done("staff add --from three.json").lines == ["ST26-0002", "ST26-0003", "ST26-0004"]
        before = counter.files()
        counter.write("three.json", json.dumps([*people[:2], {"role": "x"}]))
        assert counter("staff add --from three.json").code == 3
        assert counter.files().keys() == before.keys()
        assert counter("staff add --from nothere.json").code == 2
