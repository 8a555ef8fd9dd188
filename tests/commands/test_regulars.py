"""``customer tree``, ``customer out-of-touch``, ``customer kindness``, and what keeps thanks."""

from __future__ import annotations

from pathlib import Path

import pytest

from aftercare.render.regulars import KINDNESS_FIELDS, QUIET_FIELDS, TREE_FIELDS
from tests import counter as small_shop
from tests.counter import Counter

OLD, NEW, THIRD = "CU26-0001", "CU26-0003", "CU26-0004"
THANKS = f"{OLD}/thanks.{NEW}"


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop, with somebody brought by a customer of its, and somebody brought by that one."""
    shop = small_shop.opened(tmp_path / "book", capsys, monkeypatch)
    for number, name, by in ((3, "李雷", OLD), (4, "韩梅梅", NEW)):
        shop.write(
            f"customers/2026/CU26-000{number}.yaml",
            f"id: CU26-000{number}\nname: {name}\nreferred_by: {by}\nsince: 2026-03-02\n",
        )
    shop.write(
        "sales/2026/SA26-0003.yaml",
        f"id: SA26-0003\ncustomer: {NEW}\nsold_on: 2026-03-02\nitems:\n- {{product: PR26-0002, taken: yes}}\n",
    )
    return shop


def test_the_tree_is_drawn(counter: Counter) -> None:
    """Names below each other, their ids below each other, whatever the width of a name."""
    assert counter.done("customer tree").lines == [
        "王建国        CU26-0001  bought first on 2026-03-03, brought 1",
        "└─ 李雷       CU26-0003  bought first on 2026-03-02, thanks due by 2026-03-16, brought 1",
        "   └─ 韩梅梅  CU26-0004  has not bought yet",
    ]
    assert "thanks due by 2026-03-16" in counter.done("customer tree --today 2026-03-16").out
    assert "thanks were due by 2026-03-16" in counter.done("customer tree --today 2026-03-17").out
    assert counter.done("customer tree 李雷").lines[0].startswith("李雷       CU26-0003  bought first")


def test_every_field_of_a_row_of_the_tree_is_there(counter: Counter) -> None:
    """Each before those whom they brought; null where there is no value."""
    rows = counter.done("customer tree --format json").json
    assert all(tuple(row) == TREE_FIELDS for row in rows)
    assert [(row["id"], row["depth"], row["referred_by"]) for row in rows] == [
        (OLD, 0, None),
        (NEW, 1, OLD),
        (THIRD, 2, NEW),
    ]
    assert (rows[1]["first_sale"], rows[1]["thanks"], rows[1]["thanks_state"]) == ("SA26-0003", THANKS, "waiting")
    assert (rows[2]["first_sale"], rows[2]["thanks"], rows[2]["brought"]) == (None, None, 0)
    one = counter.done(f"customer tree {NEW} --format json").json
    assert [(row["id"], row["depth"], row["thanks"]) for row in one] == [(NEW, 0, THANKS), (THIRD, 1, None)]


@pytest.mark.parametrize(
    ("command", "fields"),
    [("tree", TREE_FIELDS), ("out-of-touch", QUIET_FIELDS), ("kindness", KINDNESS_FIELDS)],
)
def test_an_empty_list_is_one(
    command: str, fields: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, counter: Counter
) -> None:
    """``[]`` in JSON, the header in CSV, nothing for people, and the exit code 0."""
    book = tmp_path / "empty"
    counter.done(f"init {book} --name 空店 --no-git")
    monkeypatch.chdir(book)
    assert counter.done(f"customer {command} --format json").json == []
    assert counter.done(f"customer {command} --format csv").lines == [",".join(fields)]
    assert counter.done(f"customer {command}").out == ""


def test_the_promise_is_found_however_its_id_is_typed(counter: Counter) -> None:
    """Small letters, no zeros, and the one who was brought by a short id too."""
    for typed in (THANKS, THANKS.lower(), "cu26-1/thanks.cu26-3", "CU26-1/THANKS.CU263"):
        assert counter.done(f"promise show {typed} --format json").json["id"] == THANKS
    page = counter.done(f"promise show {THANKS}").out
    assert "for having brought 李雷" in page
    assert counter("promise show CU26-0001/thanks.CU26-0099").code == 4
    assert counter(f"accept {THANKS} --reason x").code == 4


def test_thanks_are_kept_by_a_contact_that_may_say_what_was_given(counter: Counter) -> None:
    """Named, or by its purpose; what was given stands in the record, and can be taken back with the sale."""
    how = counter.done("due --within 7d --what thanks --format json").json[0]["keep_with"]
    assert how == ["aftercare", "visit", "add", "--keeps", THANKS, "--outcome", "reached"]
    kept = counter.done(
        f"visit add --keeps {THANKS.lower()} --outcome reached --thanks-what 保温杯 --thanks-worth 39 --format json"
    ).json
    assert kept["kept"] == [THANKS]
    shown = counter.done(f"visit show {kept['id']} --format json").json
    assert (shown["purpose"], shown["channel"], shown["customer"], shown["about"]) == ("thanks", "message", OLD, [])
    assert shown["thanks"] == {"what": "保温杯", "worth": "39.00", "taken_back": None}
    counter.done("sale set SA26-0003 cancelled.on=today")
    assert counter.done(f"promise show {THANKS} --format json").json["state"] == "kept"
    counter.done(f"visit set {kept['id']} thanks.taken_back.on=today thanks.taken_back.reason=退货")
    story = counter.done("customer timeline 王建国").out
    assert "the sale to one who was brought came to nothing: 李雷" in story
    assert "taken back with the sale: 保温杯 退货" in story
    assert counter.done("check book").out == ""


def test_the_purpose_alone_keeps_the_only_thanks_there_are(counter: Counter) -> None:
    """As for every kind of promise."""
    kept = counter.done("visit add --customer 王建国 --purpose thanks --channel phone --outcome reached --format json")
    assert kept.json["kept"] == [THANKS]


def test_a_spoken_promise_cannot_take_its_place(counter: Counter) -> None:
    """It follows from what was sold: no word keeps it, and the command that does is named."""
    refused = counter(f"promise keep {THANKS}")
    assert refused.code == 5
    assert f"aftercare visit add --keeps {THANKS} --outcome reached" in refused.err


def test_a_new_customer_is_brought_in_one_command(counter: Counter) -> None:
    """The sale, the file of the new one, and what it promises whom; of who is known it is not the sale's to say."""
    sold = counter.done("sale add --name 赵六 --referred-by 单雪梅 --product 折叠椅 --price 58 --format json").json
    assert "CU26-0002/thanks.CU26-0005" in sold["promised"]
    assert "referred_by: CU26-0002" in counter.text("CU26-0005")
    wrong = counter("sale add --customer 单雪梅 --referred-by 王建国 --product 折叠椅")
    assert (wrong.code, "--referred-by" in wrong.err) == (2, True)
    assert counter("sale add --name 钱七 --referred-by 查无此人 --product 折叠椅").code == 4


def test_nobody_brings_themselves(counter: Counter) -> None:
    """Refused at the counter, alone or round in a circle; written by hand it is a fault with its line."""
    for by in (OLD, NEW, THIRD):
        refused = counter(f"customer set {OLD} referred_by={by}")
        assert refused.code == 5
        assert "Traceback" not in refused.err
    counter.write(f"customers/2026/{OLD}.yaml", f"id: {OLD}\nname: 王建国\nreferred_by: {THIRD}\nsince: 2026-03-01\n")
    found = counter("check book")
    assert found.code == 1
    assert [line.split(" ")[:2] for line in found.lines] == [
        ["customers/2026/CU26-0001.yaml:3:", "referral-circle"],
        ["customers/2026/CU26-0003.yaml:3:", "referral-circle"],
        ["customers/2026/CU26-0004.yaml:3:", "referral-circle"],
    ]
    assert len(counter.done("customer tree").lines) == 3
    assert counter.done("due --what thanks --within 30d --format json").json == []
    counter.write(f"customers/2026/{OLD}.yaml", f"id: {OLD}\nname: 王建国\nreferred_by: {OLD}\nsince: 2026-03-01\n")
    assert "circle referred_by: nobody brings themselves" in counter("check references").out
    # Taking the word out is how it is mended.
    counter.done(f"customer set {OLD} referred_by=")
    assert counter.done("check references").out == ""


def test_thanks_for_somebody_unknown_are_a_fault(counter: Counter) -> None:
    """A record about a promise that cannot be."""
    counter.write(
        "promises/2026/PM26-0002.yaml",
        f"id: PM26-0002\nof: {OLD}/thanks.CU26-0099\nmade_on: 2026-03-09\nreleased: {{on: 2026-03-09}}\n",
    )
    assert "PM26-0002.yaml:2: promise of: there is no CU26-0001/thanks.CU26-0099" in counter("check book").out


def test_a_referrer_who_was_removed_is_a_fault_and_no_trouble(counter: Counter) -> None:
    """As long as somebody names them they cannot be removed; by hand they can."""
    assert counter("customer remove CU26-0001 --yes").code == 5
    counter.write(f"customers/2026/{OLD}.yaml", f"id: {OLD}\nremoved: {{on: 2026-03-09}}\n")
    rows = counter("customer tree --format json").json
    assert [(row["id"], row["depth"], row["referred_by"]) for row in rows] == [(NEW, 0, OLD), (THIRD, 1, NEW)]
    assert "said to be brought by CU26-0001" in counter("customer tree").out
    assert "reference referred_by: CU26-0001 was removed" in counter("check references").out


def test_who_was_not_heard_of_is_listed_by_the_calendar(counter: Counter) -> None:
    """A whole number of months, from the day on which it is one."""
    rows = counter.done("customer out-of-touch --today 2027-03-02 --format json").json
    assert all(tuple(row) == QUIET_FIELDS for row in rows)
    assert [(row["id"], row["last_contact"], row["record"], row["months"]) for row in rows] == [
        (NEW, "2026-03-02", "SA26-0003", 12),
        (THIRD, "2026-03-02", THIRD, 12),
    ]
    assert [row["bought"] for row in rows] == [True, False]
    assert counter.done("customer out-of-touch --today 2027-03-01 --format ids").out == ""
    assert counter.done("customer out-of-touch --for 11m --today 2027-02-02 --format ids").lines == [NEW, THIRD]
    assert counter.done("customer out-of-touch --for 1y --today 2027-03-02 --format ids").lines == [NEW, THIRD]
    table = counter.done("customer out-of-touch --today 2027-03-02").out
    assert "last contact" in table
    assert [NEW, "李雷", "2026-03-02", "sale", "SA26-0003", "12"] in [line.split() for line in table.splitlines()]


def test_a_period_is_that_of_the_last_contact(counter: Counter) -> None:
    """Alone it decides; beside a length both do."""
    assert counter.done("customer out-of-touch --period 2026-03-02..2026-03-02 --format ids").lines == [NEW, THIRD]
    assert counter.done("customer out-of-touch --period 2026-03-02..2026-03-02 --for 1m --format ids").lines == []
    assert counter("customer out-of-touch --period x").code == 2


def test_who_left_or_wishes_no_contact_is_left_out(counter: Counter) -> None:
    """With ``--all`` they are there, and say so."""
    counter.done(f"customer set {NEW} left.on=today left.reason=去世")
    counter.done(f"customer set {THIRD} do_not_contact=不要打扰")
    assert counter.done("customer out-of-touch --for 1m --today 2027-01-01 --format ids --limit 9").lines == [
        OLD,
        "CU26-0002",
        "CU25-0007",
    ]
    rows = counter.done("customer out-of-touch --all --for 1m --today 2027-01-01 --format json").json
    assert {row["id"]: row["mark"] for row in rows if row["mark"]} == {NEW: "left", THIRD: "do_not_contact"}
    assert "wishes no contact" in counter.done("customer out-of-touch --all --for 1m --today 2027-01-01").out


@pytest.mark.parametrize("length", ["12", "0m", "-1m", "1.5m", "12d", "month", "１２个月"])
def test_a_length_is_months_or_years(counter: Counter, length: str) -> None:
    """Anything else is no use of the flag."""
    refused = counter(f"customer out-of-touch --for={length}")
    assert (refused.code, refused.out) == (2, "")
    assert "12m" in refused.err


def test_kindnesses_are_listed_with_their_sum(counter: Counter) -> None:
    """Of one customer, of all, of a period; what is in another currency is shown and not summed."""
    counter.done(
        "visit add --customer 王建国 --channel home --outcome reached --beyond what=帮忙挂画,worth=50 "
        "--beyond what=送试纸,worth=USD5,unit=SA26-0001/1 --by 张敏"
    )
    counter.done("sale set SA26-0003 beyond+=what=送一袋米,worth=30.5,by=李师傅")
    counter.done("claim set CL26-0001 beyond+=what=带去插座,at=2026-03-09")
    rows = counter.done("customer kindness --format json").json
    assert all(tuple(row) == KINDNESS_FIELDS for row in rows)
    assert [(row["id"], row["number"], row["what"], row["worth"]) for row in rows] == [
        ("SA26-0003", 1, "送一袋米", "30.50"),
        ("CL26-0001", 1, "带去插座", None),
        ("VI26-0002", 1, "帮忙挂画", "50.00"),
        ("VI26-0002", 2, "送试纸", "USD 5.00"),
        (None, None, None, "80.50"),
    ]
    assert [row["person"] for row in rows[:3]] == ["ST25-0001", None, "ST26-0001"]
    one = counter.done("customer kindness 王建国 --format json").json
    assert [row["worth"] for row in one] == ["50.00", "USD 5.00", "50.00"]
    assert counter.done("customer kindness --period 2026-02 --format json").json == []
    within = counter.done("customer kindness --period 2026-03-09..2026-03-09 --format ids").lines
    assert within == ["CL26-0001"]
    table = counter.done("customer kindness")
    assert table.lines[-1].split() == ["total", "80.50"]
    assert "beyond what was promised: 帮忙挂画 50.00" in counter.done("customer timeline 王建国").out
    assert "送试纸 USD 5.00" in counter.done("unit show SA26-0001/1").out


@pytest.mark.parametrize(
    ("flag", "code"),
    [
        ("worth=80", 2),
        ("what=", 2),
        ("what=擦窗,worth=x", 2),
        ("what=擦窗,price=3", 2),
        ("what=擦窗,unit=SA26-0099/1", 4),
        ("what=擦窗,at=2027-01-01", 5),
    ],
)
def test_a_kindness_is_written_down_properly(counter: Counter, flag: str, code: int) -> None:
    """What it was is needed; amounts, units and days are what they are everywhere."""
    before = counter.files()
    refused = counter("visit add --customer 王建国 --outcome reached --beyond", flag)
    assert (refused.code, "Traceback" in refused.err) == (code, False)
    assert counter.files() == before


def test_the_verbs_of_work_take_it_too(counter: Counter) -> None:
    """With the signature or the hand-over of a repair, at its time where no other is said."""
    counter.done("delivery sign DE26-0002 --by 王建国 --at 2026-03-06T17:00 --beyond what=搬走旧冰箱,worth=60")
    counter.done("installation sign SA26-0001 --by 王建国 --beyond what=修插座 --beyond what=擦窗,at=2026-03-09")
    counter.done("claim repair CL26-0001 in --at 2026-03-09")
    done = "claim repair CL26-0001 out --done 加氟 --result fixed --at 2026-03-10T09:00"
    counter.done(done, "--beyond", "what=清洗滤网,worth=40")
    rows = counter.done("customer kindness --format json").json[:-1]
    assert [(row["id"], row["at"], row["what"]) for row in rows] == [
        ("DE26-0002", "2026-03-06T17:00", "搬走旧冰箱"),
        ("IN26-0001", "2026-03-09", "擦窗"),
        ("IN26-0001", "2026-03-10", "修插座"),
        ("CL26-0001", "2026-03-10T09:00", "清洗滤网"),
    ]
    refused = counter("installation sign SA26-0002 --by 单雪梅 --beyond worth=3")
    assert (refused.code, "--beyond" in refused.err) == (2, True)
    # An earlier day knows no kindness that came later.
    early = counter.done("customer kindness --as-of 2026-03-08 --format json").json
    assert [row["what"] for row in early] == ["搬走旧冰箱", None]


def test_what_is_printed_goes_back_in(counter: Counter) -> None:
    """A visit with what was given and what was done beyond, as JSON."""
    visit = counter.done(
        f"visit add --keeps {THANKS} --outcome reached --thanks-what 保温杯 --beyond what=修灯,worth=20 --format json"
    ).json["id"]
    shown = counter.done(f"visit show {visit} --format json").out
    (counter.folder / "visit.json").write_text(shown, encoding="utf-8")
    again = counter.done("visit add --from visit.json").out.strip()
    first, second = counter.text(visit).split("\n", 1)[1], counter.text(again).split("\n", 1)[1]
    assert second == first


def test_machines_are_told_the_same_in_every_language(counter: Counter) -> None:
    """Rows depend on no language."""
    counter.done("sale set SA26-0003 cancelled.on=today")
    for command in ("tree", "out-of-touch --for 1m --today 2027-01-01", "kindness", "timeline 王建国", "timeline 李雷"):
        english, chinese = (
            counter.done(f"customer {command} --format json --lang {lang}").out for lang in ("en", "zh")
        )
        assert english == chinese
