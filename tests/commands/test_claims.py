"""The own verbs of claims: repairs, exchanges, refunds, loans, and the end of a claim."""

from __future__ import annotations

import shlex
from pathlib import Path

import click
import pytest

from aftercare.cli import root, run
from aftercare.commands.repairs import repair
from aftercare.language import LANGUAGES
from tests import counter as small_shop
from tests.counter import Counter

CLAIM = "CL26-0001"


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop, with a second claim about the same air conditioner."""
    shop = small_shop.opened(tmp_path / "book", capsys, monkeypatch)
    shop.write(
        "claims/2026/CL26-0002.yaml",
        "id: CL26-0002\nunit: SA25-0009/1\nreported_on: 2026-03-09\nfault: {symptom: 漏水}   # 又来了\n",
    )
    return shop


def _claim(counter: Counter, claim: str = CLAIM) -> dict[str, object]:
    found: dict[str, object] = counter.done(f"claim show {claim} --format json").json
    return found


def test_a_repair_from_the_door_to_the_hand_over(counter: Counter) -> None:
    """in, wait, resume, out: each dated, by the clock where no time is said."""
    counter.done(f"claim repair {CLAIM} in --by 李师傅 --problem 压缩机不转 --today 2026-03-09T16:00")
    wait = "wait --for 压缩机 --because no_parts_from_producer --today 2026-03-09T17:00"
    counter.done(f"claim repair {CLAIM} {wait}")
    counter.done(f"claim repair {CLAIM} resume --at 2026-03-10T09:00 --today 2026-03-10T12:00")
    out = (
        "out --diagnosed 2026-03-09T16:30 --repaired 2026-03-10T10:00 --tested 2026-03-10T11:00 --done 换压缩机 "
        "--cause 老化 --result fixed --cost 0 --today 2026-03-10T12:00"
    )
    counter.done(f"claim repair {CLAIM} {out}")
    assert _claim(counter)["repairs"] == [
        {
            "in": "2026-03-09T16:00",
            "by": "ST25-0001",
            "problem": "压缩机不转",
            "waiting": [
                {
                    "from": "2026-03-09T17:00",
                    "to": "2026-03-10T09:00",
                    "for": "压缩机",
                    "because": "no_parts_from_producer",
                }
            ],
            "diagnosed": "2026-03-09T16:30",
            "repaired": "2026-03-10T10:00",
            "tested": "2026-03-10T11:00",
            "out": "2026-03-10T12:00",
            "done": "换压缩机",
            "cause": "老化",
            "result": "fixed",
            "cost": "0.00",
            "labour": None,
        }
    ]


@pytest.mark.parametrize(
    "line",
    [
        "claim repair CL26-0001 in --at 2026-03-09",
        "claim repair in CL26-0001 --at 2026-03-09",
        "claim repair --at 2026-03-09 CL26-0001 in",
        "claim repair --at=2026-03-09 cl26-1 in",
        "claim repair -C . CL26-0001 --at 2026-03-09 in --lang en",
        "-C . claim repair 不制冷 in --at 2026-03-09",
        "claim repair CL26-0001 in --at 2026-03-09 --problem out",
        "claim repair CL26-0001 --problem out in --at 2026-03-09",
    ],
)
def test_options_of_a_step_are_taken_in_any_position(counter: Counter, line: str) -> None:
    """Before the REF, between REF and step, behind both; a flag's value is no step."""
    counter.done(line)
    assert "repairs:\n- {in: 2026-03-09" in counter.text(CLAIM)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("claim repair", 2),
        (f"claim repair {CLAIM}", 2),
        (f"claim repair {CLAIM} mend", 2),
        ("claim repair in", 2),
        (f"claim repair {CLAIM} in out", 2),
        (f"claim repair {CLAIM} in --done x", 2),
        (f"claim repair {CLAIM} out --done x", 2),
        (f"claim repair {CLAIM} wait --for x", 2),
        (f"claim repair {CLAIM} wait --for x --because rain", 2),
        (f"claim repair {CLAIM} in --at 明年某天", 2),
        ("claim repair CL26-0099 in", 4),
        ("claim repair DE26-0001 in", 4),
        (f"claim repair {CLAIM} in --by 没有的人", 4),
        (f"claim repair {CLAIM} in --at 2026-03-11", 5),
        (f"claim repair {CLAIM} in --as-of 2026-03-09", 2),
        (f"claim refund {CLAIM} --amount many", 2),
        (f"claim refund {CLAIM}", 2),
        (f"claim lend {CLAIM}", 2),
    ],
)
def test_wrong_lines_write_nothing(counter: Counter, line: str, code: int) -> None:
    """2 for the line, 4 for the record, 5 for a fact that has not come yet."""
    before = counter.files()
    printed = counter(line)
    assert (printed.code, printed.out) == (code, ""), printed.err
    assert counter.files() == before


def test_a_fact_of_tomorrow_is_named_by_its_flag(counter: Counter) -> None:
    """The operator typed ``--at``, not a path of the file."""
    assert "--at: 2026-03-11 has not come yet" in counter(f"claim repair {CLAIM} in --at 2026-03-11").err


def test_the_steps_act_on_the_one_open_repair(counter: Counter) -> None:
    """In twice, or any other without one: exit 5, with the command that helps."""
    for step in ("wait --for 主板 --because no_parts", "resume", "out --done 无 --result no_fault"):
        printed = counter(f"claim repair {CLAIM} {step}")
        assert printed.code == 5
        assert printed.err.splitlines() == [
            f"aftercare: {CLAIM} is not in repair",
            f"aftercare claim repair {CLAIM} in --problem …",
        ]
    counter.done(f"claim repair {CLAIM} in")
    printed = counter(f"claim repair {CLAIM} in")
    assert (printed.code, printed.err.splitlines()[0]) == (5, f"aftercare: {CLAIM} has been in repair since 2026-03-10")
    assert counter(f"claim repair {CLAIM} resume").code == 5
    counter.done(f"claim repair {CLAIM} wait --for 主板 --because no_parts")
    printed = counter(f"claim repair {CLAIM} wait --for 主板 --because no_parts")
    assert (printed.code, printed.err.splitlines()[1]) == (5, f"aftercare claim repair {CLAIM} resume")


def test_handing_back_ends_the_waiting(counter: Counter) -> None:
    """What was handed back waits no more."""
    counter.done(f"claim repair {CLAIM} in --at 2026-03-08")
    counter.done(f"claim repair {CLAIM} wait --for 主板 --because repairer_delay --at 2026-03-09")
    counter.done(f"claim repair {CLAIM} out --done 未修 --result not_done")
    assert "waiting: [{from: 2026-03-09, for: 主板, because: repairer_delay, to: 2026-03-10}]" in counter.text(CLAIM)
    counter.done(f"claim repair {CLAIM} in")


@pytest.mark.parametrize(
    "step",
    [
        "out --done x --result fixed --at 2026-03-08",
        "out --done x --result fixed --diagnosed 2026-03-08",
        "out --done x --result fixed --at 2026-03-09 --tested 2026-03-10",
        "wait --for x --because no_parts --at 2026-03-08",
    ],
)
def test_nothing_of_a_repair_lies_outside_it(counter: Counter, step: str) -> None:
    """A date before it came in, or after it was handed back, contradicts the repair."""
    counter.done(f"claim repair {CLAIM} in --at 2026-03-09")
    before = counter.files()
    assert counter(f"claim repair {CLAIM} {step}").code == 5
    assert counter.files() == before


def test_the_same_fault_again_is_said(counter: Counter) -> None:
    """By the claim's own word, by the name of what was found, and within a claim by a repair that failed."""
    back = "out --done 加氟 --result fixed --at 2026-03-09"
    again = "the same fault came back: repaired once before, handed back 2026-03-09 (CL26-0001)"
    first = counter.done(f"claim repair {CLAIM} in --at 2026-03-08 --problem 漏氟")
    assert "the same fault" not in first.err
    counter.done(f"claim repair {CLAIM} {back}")
    assert "the same fault" not in counter.done(f"claim repair {CLAIM} in --problem 电路板").err
    counter.done(f"claim repair {CLAIM} out --done 换板 --result not_fixed")
    assert "repaired once before, handed back 2026-03-10" in counter.done(f"claim repair {CLAIM} in").err
    assert again in counter.done("claim repair CL26-0002 in --problem 漏氟").err
    counter.done("claim repair CL26-0002 out --done 无 --result no_fault")
    said = counter.done(f"claim repair CL26-0002 in --same-as {CLAIM} --format json")
    assert "repaired 2 times before, last handed back 2026-03-10 (CL26-0001)" in said.err
    assert said.json["id"] == "CL26-0002"
    assert "fault: {symptom: 漏水, same_as: CL26-0001}   # 又来了" in counter.text("CL26-0002")


@pytest.mark.parametrize("other", ["CL26-0002", "CL26-0003"])
def test_the_same_fault_is_one_of_the_same_unit(counter: Counter, other: str) -> None:
    """No claim has its own fault again, nor that of another unit."""
    counter.write("claims/2026/CL26-0003.yaml", "id: CL26-0003\nunit: SA26-0001/1\nreported_on: 2026-03-09\n")
    assert counter(f"claim repair CL26-0002 in --same-as {other}").code == 5


def test_an_exchange_keeps_the_unit_and_both_numbers_find_it(counter: Counter) -> None:
    """find, REF, unit show with the number in use first, unit list with it alone."""
    counter.done(
        f"claim replace {CLAIM} --serial KF99-1 --model KFR-36 --requested-on 2026-03-09 "
        "--installation-charged 50 --new --by 李师傅"
    )
    replaced = _claim(counter)["replaced"]
    assert isinstance(replaced, dict)
    wanted = {"on": "2026-03-10", "serial": "KF99-1", "model": "KFR-36", "requested_on": "2026-03-09"}
    assert {name: replaced[name] for name in wanted} == wanted
    assert (replaced["installation_charged"], replaced["by"], replaced["used"]) == ("50.00", "ST25-0001", False)
    for serial in ("KF99-1", "kf25-001", "ＫＦ９９－１"):
        unit = counter.done(f"unit show {serial} --format json").json
        assert (unit["id"], unit["serials"], unit["exchanges"]) == ("SA25-0009/1", ["KF99-1", "KF25-001"], 1)
        assert unit["charged"] == "50.00"
        assert "SA25-0009" in counter.done(f"find {serial} --format ids").lines
    rows = counter.done("unit list --customer 王建军 --format json").json
    assert [row["serial"] for row in rows] == ["KF99-1"]
    page = counter.done("unit show SA25-0009/1").lines
    assert page[1] == "serial number KF99-1, before the exchange KF25-001"
    assert "2026-03-10 another one handed over: KFR-36 KF99-1 SA25-0009/1 (李师傅 driver) CL26-0001" in page


@pytest.mark.parametrize("serial", ["KF35-001", "kf35-002", "KF25-001"])
def test_a_number_belongs_to_one_thing(counter: Counter, serial: str) -> None:
    """Neither that of another unit nor that of the thing which gives way can be that of the new one."""
    assert counter(f"claim replace {CLAIM} --serial {serial}").code == 5


def test_a_thing_that_was_replaced_is_known_for_ever(counter: Counter) -> None:
    """Its number is no other unit's, and no second exchange happens under one claim."""
    counter.done(f"claim replace {CLAIM} --serial KF99-1")
    assert counter(f"claim replace {CLAIM} --serial KF99-2").code == 5
    counter.write("claims/2026/CL26-0003.yaml", "id: CL26-0003\nunit: SA26-0001/1\nreported_on: 2026-03-09\n")
    assert counter("claim replace CL26-0003 --serial KF25-001").code == 5
    assert counter("claim replace CL26-0003 --serial KF99-1").code == 5
    counter.done("claim replace CL26-0002 --serial KF99-2")
    assert counter.done("unit show KF99-1 --format json").json["serials"] == ["KF99-2", "KF99-1", "KF25-001"]


def test_a_number_is_asked_for_where_the_thing_had_one(counter: Counter) -> None:
    """Chairs have none."""
    assert counter(f"claim replace {CLAIM}").code == 2
    counter.write("claims/2026/CL26-0003.yaml", "id: CL26-0003\nunit: SA26-0002/1\nreported_on: 2026-03-09\n")
    counter.done("claim replace CL26-0003")


def test_money_is_paid_back_once(counter: Counter) -> None:
    """Nor is anything handed over for a unit whose price was paid back, whatever the claim."""
    assert counter.done(f"claim refund {CLAIM} --amount 3099 --by 李师傅 --format json").json["id"] == CLAIM
    assert _claim(counter)["refunded"] == {"on": "2026-03-10", "amount": "3099.00", "by": "ST25-0001"}
    for line in ("claim refund CL26-0002 --amount 1", f"claim refund {CLAIM} --amount 1"):
        assert counter(line).code == 5
    printed = counter("claim replace CL26-0002 --serial KF99-1")
    assert (printed.code, printed.err) == (5, "aftercare: SA25-0009/1 was paid back on 2026-03-10 (CL26-0001)\n")
    page = counter.done("unit show SA25-0009/1").out
    assert "paid back on 2026-03-10" in page
    assert "paid back: 3099.00" in page


def test_what_was_lent_comes_back(counter: Counter) -> None:
    """The one loan that is out needs no name; of several the thing is named."""
    assert counter(f"claim take-back {CLAIM}").code == 5
    counter.done(f"claim lend {CLAIM} 落地扇 --at 2026-03-09")
    assert counter(f"claim lend {CLAIM} 落地扇").code == 5
    counter.done(f"claim lend {CLAIM} 除湿机")
    assert counter(f"claim take-back {CLAIM}").code == 5
    assert counter(f"claim take-back {CLAIM} --thing 风扇").code == 5
    assert counter(f"claim take-back {CLAIM} --thing 落地扇 --at 2026-03-08").code == 5
    counter.done(f"claim take-back {CLAIM} --thing 落地扇")
    counter.done(f"claim take-back {CLAIM}")
    assert _claim(counter)["loans"] == [
        {"thing": "落地扇", "at": "2026-03-09", "back": "2026-03-10"},
        {"thing": "除湿机", "at": "2026-03-10", "back": "2026-03-10"},
    ]


@pytest.mark.parametrize(
    ("open_", "sentence", "remedy"),
    [
        ("loans: [{thing: 落地扇, at: 2026-03-09}]", "落地扇 is still lent", "take-back CL26-0001"),
        (
            "repairs: [{in: 2026-03-09}]",
            "CL26-0001 has been in repair since 2026-03-09",
            "repair CL26-0001 out --done … --result fixed",
        ),
        (
            "decisions: [{on: 2026-03-09, remedy: replace}]",
            "an exchange was decided and is not done",
            "replace CL26-0001 --serial …",
        ),
        (
            "decisions: [{on: 2026-03-09, remedy: repair}, {on: 2026-03-09, remedy: refund_with_fee}]",
            "a refund was decided and is not done",
            "refund CL26-0001 --amount …",
        ),
    ],
)
def test_a_claim_with_something_left_to_do_stays_open(counter: Counter, open_: str, sentence: str, remedy: str) -> None:
    """What is left is named, and the command that does it."""
    counter.write("claims/2026/CL26-0001.yaml", f"{counter.text(CLAIM)}{open_}\n")
    printed = counter(f"claim close {CLAIM}")
    assert (printed.code, printed.err) == (5, f"aftercare: {sentence}\naftercare claim {remedy}\n")


@pytest.mark.parametrize(
    "decisions",
    [
        "[{on: 2026-03-09, remedy: refund, refused: yes}]",
        "[{on: 2026-03-09, remedy: refund}, {on: 2026-03-09, remedy: repair}]",
    ],
)
def test_only_the_decision_that_stands_is_to_be_done(counter: Counter, decisions: str) -> None:
    """A refusal leaves nothing to do, and a later decision takes the place of an earlier one."""
    counter.write("claims/2026/CL26-0001.yaml", f"{counter.text(CLAIM)}decisions: {decisions}\n")
    counter.done(f"claim close {CLAIM}")


def test_a_closed_claim_is_closed(counter: Counter) -> None:
    """Nothing new begins under it; what was still out may come back."""
    assert counter(f"claim close {CLAIM} --at 2026-03-07").code == 5, "before it was reported"
    counter.done(f"claim close {CLAIM} --reason 顾客不修了")
    assert _claim(counter)["closed"] == {"on": "2026-03-10", "reason": "顾客不修了"}
    for verb in ("close CL", "repair CL in", "lend CL 扇", "refund CL --amount 1", "replace CL --serial X"):
        printed = counter(f"claim {verb.replace('CL', CLAIM)}")
        assert printed.code == 5
        assert f"{CLAIM} was closed on 2026-03-10" in printed.err
    closed = "repairs: [{in: 2026-03-09}]\nloans: [{thing: 扇, at: 2026-03-09}]\n"
    counter.write("claims/2026/CL26-0001.yaml", f"{counter.text(CLAIM)}{closed}")
    counter.done(f"claim take-back {CLAIM}")
    counter.done(f"claim repair {CLAIM} out --done 无 --result not_done")


def test_a_verb_touches_only_what_it_adds(counter: Counter) -> None:
    """Comments and all other lines stay as they are."""
    before = counter.text("CL26-0002")
    counter.done("claim repair CL26-0002 in")
    assert counter.text("CL26-0002") == f"{before}repairs:\n- {{in: 2026-03-10}}\n"


def test_a_repair_that_is_handed_back_promises_a_call(counter: Counter) -> None:
    """What it does to the ledger is said; in JSON it is the answer."""
    counter.done(f"claim repair {CLAIM} in")
    printed = counter.done(f"claim repair {CLAIM} out --done 加氟 --result fixed")
    assert f"promises {CLAIM}/call-back.1 by" in printed.err or f"promises {CLAIM}/1/call-back.1 by" in printed.err
    assert printed.out == ""


@pytest.mark.parametrize("step", ["in", "wait", "resume", "out"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_step_has_a_page(step: str, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Its usage, its sentence, and an example of which every flag is one of its own."""
    for words in (["REF", step], [step]):
        assert run(["claim", "repair", *words, "--help", "--lang", lang]) == 0
        page = capsys.readouterr().out
        assert f" aftercare claim repair REF {step} " in page.splitlines()[0]
        assert f"aftercare claim repair CL26-0004 {step}" in page
    command = repair.steps[step]
    known = {name for param in command.params for name in (*param.opts, *param.secondary_opts)}
    used = [word for word in shlex.split(command.example) if word.startswith("--")]
    assert [word for word in used if word not in known] == []


def test_the_page_of_repair_lists_its_steps(counter: Counter) -> None:
    """What there is can be found from the help alone."""
    page = counter.done("claim repair --help").out
    for step in repair.steps:
        assert f"  {step} " in page
    claim = root().get_command(click.Context(root()), "claim")
    assert isinstance(claim, click.Group)
