"""Events at the counter: who is invited, who comes, what was heard."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter

FIRST, SECOND, THIRD = "CU25-0007", "CU26-0001", "CU26-0002"
EV = "EV26-0001"


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop on 10 March, with an event on the 20th that two customers are to come to."""
    counter = small_shop.opened(tmp_path / "book", capsys, monkeypatch)
    monkeypatch.setenv("AFTERCARE_TODAY", "2026-03-10T10:00")
    guests = " ".join(f"--guest customer={one}" for one in (FIRST, SECOND))
    made = counter.done(
        f"event add --name 老顾客联欢 --at 2026-03-20T14:00 --place 店内 --invite-by 2026-03-15 {guests}"
    )
    assert f"promises {FIRST}/invite.{EV} by Sun 15 March 2026" in made.err
    return counter


@pytest.fixture
def there(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The same on the day of the event, at three; both guests were invited."""
    counter.done(f"event invite {EV} --everybody --how phone --by 张敏")
    monkeypatch.setenv("AFTERCARE_TODAY", "2026-03-20T15:00")
    return counter


def _guests(counter: Counter) -> list[tuple[str, str]]:
    return [(row["id"], row["state"]) for row in counter.done(f"event guests {EV} --format json").json]


def test_inviting_keeps_one_promise_and_makes_another(counter: Counter) -> None:
    """Several in one command; who stood on no list is put on it."""
    made = counter.done(
        f"event invite 1 --customer {FIRST} --customer 单雪梅 --how letter --by 张敏 --format json"
    ).json
    assert made["id"] == EV
    assert sorted(made["kept"]) == [f"{FIRST}/invite.{EV}", f"{THIRD}/invite.{EV}"]
    assert sorted(made["promised"]) == [f"{FIRST}/event.{EV}", f"{THIRD}/event.{EV}"]
    assert _guests(counter) == [(FIRST, "invited"), (SECOND, "to_invite"), (THIRD, "invited")]
    row = counter.done(f"event guests {EV} --format json").json[0]
    assert (row["how"], row["by"], row["invited_at"]) == ("letter", "ST26-0001", "2026-03-10T10:00")


def test_everybody_leaves_out_who_does_not_wish_it(counter: Counter) -> None:
    """Who declined, left or was invited already is passed over; when nobody is left, that is said."""
    counter.done(f"customer set {FIRST} do_not_contact=勿扰")
    made = counter.done(f"event invite {EV} --everybody")
    assert made.err.count("keeps") == 1
    assert _guests(counter) == [(FIRST, "not_to_invite"), (SECOND, "invited")]
    again = counter(f"event invite {EV} --everybody")
    assert (again.code, "nobody on the list" in again.err) == (5, True)


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        ("do_not_contact=勿扰", "does not wish to be contacted"),
        ("consent.greetings=no", "wishes no greetings"),
        ("consent.messages=no", "wishes no messages about offers"),
        ("left.on=2026-03-09", "the customer left"),
    ],
)
def test_who_declined_is_not_invited(counter: Counter, wish: str, why: str) -> None:
    """Refused with all the others who were named: nothing is written."""
    counter.done(f"customer set {FIRST} {wish}")
    before = counter.files()
    found = counter(f"event invite {EV} --customer {SECOND} --customer {FIRST}")
    assert (found.code, why in found.err) == (5, True), found.err
    assert counter.files() == before


def test_an_answer_is_kept_and_ends_or_goes_on(counter: Counter) -> None:
    """The last answer counts; who declines is promised nothing more."""
    counter.done(f"event invite {EV} --everybody")
    counter.done(f"event answer {EV} --customer {FIRST} --comes --people ２")
    declined = counter.done(f"event answer {EV} --customer {SECOND} --declined --said 要上班")
    assert f"voids {SECOND}/event.{EV}" in declined.err
    rows = counter.done(f"event guests {EV} --format json").json
    assert [(row["state"], row["people"], row["said"]) for row in rows] == [
        ("comes", 2, None),
        ("declines", None, "要上班"),
    ]
    counter.done(f"event answer {EV} --customer {FIRST} --declined")
    assert _guests(counter)[0] == (FIRST, "declines")


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        (f"invite {EV}", 2, "missing --customer / --everybody"),
        (f"invite {EV} --customer nobody", 4, "no customer"),
        ("invite EV26-0009 --everybody", 4, "no event"),
        (f"answer {EV} --customer {FIRST}", 2, "missing --comes / --declined"),
        (f"answer {EV} --customer {THIRD} --comes", 5, "not on the list"),
        (f"answer {EV} --customer {FIRST} --declined --people 2", 5, "brings nobody"),
        (f"answer {EV} --customer {FIRST} --comes --people 0", 2, "--people"),
        (f"came {EV} --customer {FIRST}", 5, "nobody was there before"),
        (f"heard {EV} --customer {FIRST} --words 好", 5, "nobody was there before"),
        (f"heard {EV} --customer {FIRST}", 2, "missing --words"),
        (f"held {EV}", 5, "has not come yet"),
        (f"invite {EV} --everybody --at 2026-03-01", 5, "before EV26-0001 was planned"),
        (f"invite {EV} --everybody --at 2026-03-30", 5, "has not come yet"),
        (f"cancel {EV}", 2, "--reason"),
    ],
)
def test_what_cannot_be(counter: Counter, line: str, code: int, said: str) -> None:
    """Each is refused with its reason, and nothing is written."""
    before = counter.files()
    found = counter(f"event {line}")
    assert (found.code, said in found.err) == (code, True), found.err
    assert counter.files() == before


def test_nobody_is_invited_twice(there: Counter) -> None:
    """The second time is told how to go on."""
    found = there(f"event invite {EV} --customer {FIRST}")
    assert (found.code, "was invited on 2026-03-10 10:00 already" in found.err) == (5, True)
    assert f"aftercare event answer {EV} --customer {FIRST} --comes" in found.err


def test_held_keeps_what_was_promised_to_all(there: Counter) -> None:
    """As planned where no time is said, whatever the clock; only once."""
    made = there.done(f"event held {EV}")
    assert f"keeps {FIRST}/event.{EV}, in time" in made.err
    assert there.done(f"event show {EV} --format json").json["held_at"] == "2026-03-20T14:00"
    for line in (f"held {EV}", f"invite {EV} --customer {THIRD}", f"cancel {EV} --reason 雨"):
        found = there(f"event {line}")
        assert (found.code, "was held on 2026-03-20 14:00" in found.err) == (5, True)
    assert _guests(there) == [(FIRST, "stayed_away"), (SECOND, "stayed_away")]


def test_who_came_is_on_the_list(there: Counter) -> None:
    """Invited or not; nobody comes twice."""
    there.done(f"event came {EV} --customer {FIRST} --customer {THIRD} --people 3")
    assert _guests(there) == [(FIRST, "came"), (SECOND, "invited"), (THIRD, "came")]
    again = there(f"event came {EV} --customer {FIRST}")
    assert (again.code, "written down as having come" in again.err) == (5, True)


def test_what_was_heard_becomes_records(there: Counter) -> None:
    """A wish, a complaint and a promise of their own, which name the event; whoever spoke was there."""
    made = there.done(
        f"event heard {EV} --customer {FIRST} --words 热闹 --wish 字大点 --complaint 空调太冷 --by 张敏",
        "--promise", "寄目录=fri",
    )  # fmt: skip
    assert made.out == ""
    assert "opened wish WI26-0001\nopened complaint CO26-0001\n" in made.err
    assert "promises PM26-0002 by Fri 27 March 2026" in made.err
    wish = there.done("wish show WI26-0001 --format json").json
    assert (wish["customer"], wish["about"], wish["heard_in"], wish["by"]) == (FIRST, [EV], EV, "ST26-0001")
    complaint = there.done("complaint show CO26-0001 --format json").json
    assert (complaint["customer"], complaint["received_at"], complaint["heard_in"]) == (FIRST, "2026-03-20T15:00", EV)
    row = there.done(f"event guests {EV} --format json").json[0]
    assert (row["state"], row["heard"]) == ("came", ["热闹", "WI26-0001", "CO26-0001", "PM26-0002"])
    assert "字大点 (WI26-0001)" in there.done(f"event guests {EV}").out
    assert there.done("check book").out == ""
    answer = there.done(f"event heard {EV} --customer 单雪梅 --wish 多办几次 --format json").json
    assert (answer["id"], answer["opened"]) == (EV, ["WI26-0002"])
    assert _guests(there)[2] == (THIRD, "came")


def test_nothing_is_written_where_a_part_of_it_is_wrong(there: Counter) -> None:
    """A wish without words, a promise without a day: none of the records is opened."""
    before = there.files()
    for words in (("--wish", " "), ("--wish", "字大点", "--promise", "寄目录"), ("--words", " ")):
        assert there(f"event heard {EV} --customer {FIRST}", *words).code == 2
    assert there.files() == before


def test_a_cancelled_event_is_told_and_over(there: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody who was invited is to be told; nothing else happens to it."""
    monkeypatch.setenv("AFTERCARE_TODAY", "2026-03-12T09:00")
    made = there.done(f"event cancel {EV} --reason 台风")
    assert f"voids {FIRST}/event.{EV}" in made.err
    assert f"promises {FIRST}/called-off.{EV} by Fri 13 March 2026" in made.err
    told = there.done(f"promise inform {FIRST}/called-off.{EV} --what 台风取消")
    assert f"keeps {FIRST}/called-off.{EV}, in time" in told.err
    for line in (
        f"invite {EV} --customer {THIRD}",
        f"held {EV}",
        f"cancel {EV} --reason 雨",
        f"came {EV} --customer 7",
    ):
        found = there(f"event {line}")
        assert found.code in {4, 5}, found.err


def test_the_list_is_empty_where_nobody_is_to_come(counter: Counter) -> None:
    """An array in JSON, a header in CSV."""
    counter.done("event add --name 空 --at 2026-03-20")
    assert counter.done("event guests EV26-0002 --format json").json == []
    assert counter.done("event guests EV26-0002 --format csv").lines[0].startswith("id,kind,event,state,name")


def test_a_visit_about_an_event_is_the_customers(counter: Counter) -> None:
    """An event is nobody's in particular, so it settles no customer, and contradicts none."""
    counter.done(f"visit add --customer {FIRST} --about {EV} --purpose event --outcome reached")
    counter.done(f"complaint add --customer {FIRST} --about {EV} --what 太吵")
    assert counter("check references").code == 0


def test_in_chinese(counter: Counter) -> None:
    """The table and a refusal as a shop in China reads them."""
    assert "待邀请" in counter.done(f"event guests {EV} --lang zh").out
    counter.done(f"customer set {FIRST} do_not_contact=勿扰")
    assert "不邀请" in counter(f"event invite {EV} --customer {FIRST} --lang zh").err
