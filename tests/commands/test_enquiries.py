"""Enquiries at the counter: what each verb writes, what it does to the ledger, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter

CASE = "EN26-0001"


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop, with a question of the day before yesterday that asks for two things to take along."""
    counter = small_shop.opened(tmp_path / "book", capsys, monkeypatch)
    counter.done(
        "enquiry add --customer 2 --about KFR-35 --question 客厅用多大的 --channel phone --by 张敏"
        " --call-by 2026-03-12 --material what=说明书 --material what=光盘,send_by=2026-03-11 --today 2026-03-08"
    )
    return counter


def _written(counter: Counter) -> str:
    return counter.text(CASE).partition("asked_at: 2026-03-08}\n- ")[2].partition("\n")[2]


def test_what_was_asked_is_written_with_its_day(counter: Counter) -> None:
    """Material was asked for with the question."""
    assert counter.text(CASE) == (
        f"id: {CASE}\ncustomer: CU26-0002\nat: 2026-03-08\nchannel: phone\nabout: [PR26-0001]\nquestion: 客厅用多大的\n"
        "by: ST26-0001\ncall_by: 2026-03-12\nmaterial:\n- {what: 说明书, asked_at: 2026-03-08}\n"
        "- {what: 光盘, send_by: 2026-03-11, asked_at: 2026-03-08}\n"
    )
    ids = [row["id"] for row in counter.done("due --within 9d --format json").json if row["record"] == CASE]
    assert ids == [f"{CASE}/send-material.1", f"{CASE}/send-material.2", f"{CASE}/answer.1"]


def test_each_deed_is_written_as_it_was_said(counter: Counter) -> None:
    """With its day; who did it where that was said; only what was typed."""
    counter.done("enquiry answer 1 --what 1.5匹够用 --by 张敏 --today 2026-03-09")
    counter.done("enquiry appoint 1 --from 2026-03-12T14:00 --meet-by 2026-03-12T16:00 --where home --person 李师傅")
    counter.done("enquiry postpone 1 --to 2026-03-10 --asked-by customer --reason 明天没空")
    counter.done("enquiry met 1 --by 张敏 --said 量了客厅")
    assert _written(counter) == (
        "answered:\n- {at: 2026-03-09, what: 1.5匹够用, by: ST26-0001}\n"
        "appointments:\n- {made_at: 2026-03-10, from: 2026-03-12T14:00, by: 2026-03-12T16:00, where: home, "
        "person: ST25-0001, moved: [{to: 2026-03-10, asked_by: customer, reason: 明天没空, on: 2026-03-10}], "
        "met_at: 2026-03-10, met_by: ST26-0001, said: 量了客厅}\n"
    )


def test_what_is_sent_is_named_where_several_things_wait(counter: Counter) -> None:
    """One thing at a time, so that what was forgotten is still owed."""
    several = counter("enquiry send 1")
    assert several.code == 2
    assert "说明书, 光盘" in several.err
    assert "keeps EN26-0001/send-material.2, in time" in counter.done("enquiry send 1 --what 光盘 --how 快递").err
    assert "sent_at: 2026-03-10, how: 快递" in counter.text(CASE)
    assert "keeps EN26-0001/send-material.1, in time" in counter.done("enquiry send 1").err


def test_an_appointment_is_a_promise_until_it_is_called_off(counter: Counter) -> None:
    """Then another can be made."""
    counter.done("enquiry appoint 1 --meet-by 2026-03-12")
    assert "voids EN26-0001/appointment.1" in counter.done("enquiry call-off 1 --reason 家里有事").err
    assert "promises EN26-0001/appointment.2" in counter.done("enquiry appoint 1 --meet-by 2026-03-14").err


def test_a_sale_or_a_close_ends_what_was_owed(counter: Counter) -> None:
    """All of it is void, with the sale or the reason as its ground."""
    assert "voids EN26-0001/answer.1" in counter.done("enquiry close 1 --reason 在老家买了").err
    counter.done("enquiry add --customer 2 --question 还有别的吗 --today 2026-03-04")
    assert "voids EN26-0002/answer.1" in counter.done("enquiry bought 2 --sale SA26-0002").err
    assert "bought: {on: 2026-03-04, sale: SA26-0002}" in counter.text("EN26-0002")
    rows = counter.done("promise list --format json").json
    reasons = {row["reason"] for row in rows if row["record"].startswith("EN")}
    assert reasons == {"在老家买了", "it led to SA26-0002"}


def test_a_sale_names_the_open_enquiries_of_the_buyer(counter: Counter) -> None:
    """Those of an earlier sale's day are none of it; nor is what was closed."""
    line = "sale add --customer 2 --product 折叠椅 --price 58"
    hint = "aftercare enquiry bought EN26-0001 --sale SA26-000"
    assert hint not in counter.done(f"{line} --sold-on 2026-03-07").err
    assert f"{hint}4" in counter.done(line).err
    counter.done("enquiry close 1 --reason 不要了")
    assert hint not in counter.done(line).err


@pytest.mark.parametrize(
    ("before", "line", "named"),
    [
        ([], "answer 1 --what 好 --at 2026-03-07", "2026-03-07 is before EN26-0001 came in (2026-03-08)"),
        ([], "send 1 --what 样品", "material+=what=样品,asked_at=now"),
        (["send 1 --what 光盘"], "send 1 --what 光盘", "光盘 was sent on 2026-03-10 already"),
        ([], "met 1", "aftercare enquiry appoint EN26-0001"),
        ([], "call-off 1 --reason 没空", "aftercare enquiry appoint EN26-0001"),
        (["appoint 1 --meet-by 2026-03-12"], "appoint 1 --meet-by 2026-03-13", "aftercare enquiry postpone EN26-0001"),
        (["close 1 --reason 不要了"], "appoint 1 --meet-by 2026-03-13", "EN26-0001 was over on 2026-03-10"),
        (["close 1 --reason 不要了"], "close 1 --reason 不要了", "aftercare enquiry add --customer CU26-0002"),
        ([], "bought 1 --sale SA26-0002", "is of 2026-03-04, before EN26-0001 came in"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    counter: Counter, before: list[str], line: str, named: str
) -> None:
    """Exit 5, with what stands against it or the command that helps; the record stays as it was."""
    for done in before:
        counter.done(f"enquiry {done}")
    known = counter.text(CASE)
    refused = counter(f"enquiry {line}")
    assert refused.code == 5, refused.err
    assert named in refused.err
    assert counter.text(CASE) == known


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("answer 1", 2),
        ("appoint 1", 2),
        ("call-off 1", 2),
        ("bought 1", 2),
        ("close 1", 2),
        ("postpone 1 --to 明天", 2),
        ("appoint 1 --meet-by 某天", 2),
        ("appoint 1 --meet-by 明天 --where 月球", 2),
        ("answer 1 --what 好 --by 无名", 4),
        ("answer 9 --what 好", 4),
        ("bought 1 --sale SA26-0099", 4),
        ("answer 1 --what 好 --at 2026-03-11", 5),
    ],
)
def test_wrong_words_change_nothing(counter: Counter, line: str, code: int) -> None:
    """Wrong use, somebody unknown, a fact of tomorrow."""
    before = counter.files()
    assert counter(f"enquiry {line}").code == code
    assert counter.files() == before


def test_an_enquiry_leads_to_one_sale(counter: Counter) -> None:
    """The first one; another is written down with the customer."""
    counter.done("enquiry add --customer 2 --question 还有吗 --today 2026-03-04")
    counter.done("enquiry bought 2 --sale SA26-0002")
    again = counter("enquiry bought 2 --sale SA26-0002")
    assert (again.code, "led to SA26-0002 already" in again.err) == (5, True)
    assert counter("enquiry close 2 --reason 买了").code == 5


def test_the_effect_as_json(counter: Counter) -> None:
    """What it kept and promised, by id."""
    said = counter.done("enquiry answer 1 --what 够用 --format json").json
    assert said == {"id": CASE, "kept": [f"{CASE}/answer.1"], "promised": []}


def test_a_file_edited_into_nonsense_is_a_fault_that_names_its_row(counter: Counter) -> None:
    """Dates in the wrong order, a field that is missing, an appointment without its time; never a traceback."""
    good = counter.text(CASE)
    for text, code, line in (
        (good.replace("asked_at: 2026-03-08}\n- {what: 光盘", "asked_at: 2026-03-01}\n- {what: 光盘"), "order", 10),
        (good + "closed: {on: 2026-03-01}\n", "order", 12),
        (good.replace("call_by: 2026-03-12", "call_by: 2026-03-07"), "order", 8),
        (good + "appointments: [{made_at: 2026-03-09, by: 2026-03-08}]\n", "order", 12),
        (good + "appointments: [{made_at: 2026-03-08, from: 2026-03-11, by: 2026-03-10}]\n", "order", 12),
        (good.replace("what: 说明书, ", ""), "missing", 10),
        (good + "appointments: [{made_at: 2026-03-08}]\n", "missing", 12),
        (good + "bought: {on: 2026-03-09, sale: SA26-0099}\n", "reference", 12),
        (good + "bought: yes\n", "shape", 12),
        (good + "appointments: {}\n", "shape", 12),
    ):
        counter.write(f"enquiries/2026/{CASE}.yaml", text)
        printed = counter("check")
        assert f"enquiries/2026/{CASE}.yaml:{line}: {code}" in printed.out + printed.err, (text, printed)
        counter("due")
        counter("customer timeline 2")


def test_an_enquiry_is_found_by_whose_it_is_and_what_was_asked(counter: Counter) -> None:
    """By the name or the phone of the customer, and by words of the question."""
    for words in ("单雪梅", "1234", "多大的", "en26-1"):
        assert counter.done(f"enquiry show {words} --format json").json["id"] == CASE


def test_the_timeline_tells_the_whole_story(counter: Counter) -> None:
    """Each step on a line, in both languages; what it led to stands in the history of the goods too."""
    counter.done("enquiry answer 1 --what 够用 --today 2026-03-09")
    counter.done("enquiry send 1 --what 光盘 --today 2026-03-09")
    counter.done("enquiry appoint 1 --meet-by 2026-03-10 --where shop --today 2026-03-09")
    counter.done("enquiry met 1 --said 试了机器")
    counter.done("sale add --customer 2 --product KFR-35 --price 3299 --sold-on 2026-03-10")
    counter.done("enquiry bought 1 --sale SA26-0003")
    told = counter.done("customer timeline 2").out
    for words in (
        "asked before buying: phone, 客厅用多大的",
        "material asked for: 说明书",
        "material sent: 光盘",
        "enquiry answered: 够用",
        "appointment made: shop, 2026-03-10",
        "met by appointment: shop, 试了机器",
        "bought after asking: 客厅用多大的 SA26-0003",
    ):
        assert words in told
    assert "bought after asking" in counter.done("unit show SA26-0003/1").out
    assert "购前咨询：电话" in counter.done("customer timeline 2 --lang zh").out
