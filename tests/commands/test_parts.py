"""The own verbs of parts: rows of a ledger that never falls below zero, and the repairs that wait."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter

PART, CLAIM, SECOND = "PA26-0001", "CL26-0001", "CL26-0002"
FILE = "parts/2026/PA26-0001.yaml"
SUPPLY, TELL = f"{CLAIM}/supply-part.1", f"{CLAIM}/tell-part-arrived.1"


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop, with a part, two claims of different customers, both in repair, and two pieces on the shelf."""
    shop = small_shop.opened(tmp_path / "book", capsys, monkeypatch)
    shop.write(
        FILE,
        f"id: {PART}\nname: 压缩机   # 进口的\nnumber: KF35-COMP\nlead_days: 7\ncost: 420\n"
        "counted: [{at: 2026-03-01, qty: 2}]\n",
    )
    for claim, unit in ((CLAIM, "SA25-0009/1"), (SECOND, "SA26-0001/1")):
        shop.write(
            f"claims/2026/{claim}.yaml",
            f"id: {claim}\nunit: {unit}\nreported_on: 2026-03-08\nrepairs:\n- {{in: 2026-03-08}}\n",
        )
    return shop


def _wait(counter: Counter, claim: str = CLAIM, more: str = "") -> str:
    return counter.done(f"claim repair {claim} wait --for 压缩机 --because no_parts {more}").err


def _stock(counter: Counter) -> dict[str, object]:
    (row,) = counter.done("part stock --format json").json
    found: dict[str, object] = row
    return found


class TestRows:
    """Each verb adds a row where it belongs, and nothing else of the file changes."""

    def test_each_verb_writes_its_row(self, counter: Counter) -> None:
        """In the order of the model's fields, with the clock's time where none is said."""
        counter.done(f"part order {PART} --qty 3 --expected 2026-03-20 --from 格力")
        counter.done(f"part receive {PART} --qty 3 --cost 430 --from 格力 --at 2026-03-09T10:00")
        counter.done(f"part use {PART} --qty 0.5 --for {CLAIM} --charged 430 --by 李师傅")
        counter.done(f"part write-off {PART} --qty 1 --reason 摔坏 --at 2026-03-09")
        counter.done(f"part count {PART} --qty 3 --by 张敏")
        text = counter.text(PART)
        assert "name: 压缩机   # 进口的\n" in text
        rows = counter.done(f"part show {PART} --format json").json
        assert rows["ordered"] == [
            {"at": "2026-03-10", "qty": 3, "expected": "2026-03-20", "from": "格力", "for": []},
        ]
        assert rows["received"] == [
            {"at": "2026-03-09T10:00", "qty": 3, "cost": "430.00", "from": "格力", "for": []},
        ]
        assert rows["used"] == [
            {"at": "2026-03-10", "qty": 0.5, "for": CLAIM, "by": "ST25-0001", "charged": "430.00"},
        ]
        assert rows["written_off"] == [{"at": "2026-03-09", "qty": 1, "reason": "摔坏"}]
        assert rows["counted"][1] == {"at": "2026-03-10", "qty": 3, "by": "ST26-0001"}
        assert _stock(counter)["stock"] == 3

    @pytest.mark.parametrize("verb", ["order", "receive", "use --for SA25-0009/1", "write-off --reason x"])
    @pytest.mark.parametrize("qty", ["0", "x", "-1", "nan", ""])
    def test_a_row_is_about_something(self, counter: Counter, verb: str, qty: str) -> None:
        """Nothing cannot be ordered, come in or go out; the flag is named and nothing is written."""
        before = counter.files()
        name, *more = verb.split(" ", 1)
        printed = counter(f"part {name} {PART} {''.join(more)}", f"--qty={qty}")
        assert (printed.code, "--qty" in printed.err) == (2, True)
        assert counter.files() == before

    def test_what_has_not_come_yet_is_refused(self, counter: Counter) -> None:
        """Exit 5, with the flag that said so; only what is expected lies ahead, and not before the order."""
        printed = counter(f"part receive {PART} --qty 1 --at tomorrow")
        assert (printed.code, "--at" in printed.err) == (5, True)
        assert counter(f"part order {PART} --qty 1 --expected 2026-03-09").code == 5
        assert counter(f"part order {PART} --qty 1 --expected 2026-03-10").code == 0

    def test_the_answer_in_json_is_one_object(self, counter: Counter) -> None:
        """What it kept and promises, and not a word beside it."""
        _wait(counter)
        printed = counter.done(f"part receive {PART} --qty 1 --format json")
        assert printed.json == {"id": PART, "kept": [SUPPLY], "promised": [TELL]}
        assert "waits for it" not in printed.err

    def test_a_count_says_what_is_missing(self, counter: Counter) -> None:
        """And nothing where nothing is; another number for the same moment is refused."""
        assert "1 fewer than the ledger said" in counter.done(f"part count {PART} --qty 1").err
        assert "the ledger" not in counter.done(f"part count {PART} --qty 1").err
        printed = counter(f"part count {PART} --qty 2")
        assert (printed.code, printed.err.splitlines()[-1]) == (5, f"aftercare part set {PART} counted.2.qty=2")

    def test_what_is_dated_like_a_count_is_part_of_it(self, counter: Counter) -> None:
        """The stock does not change by it, and that is said."""
        said = counter.done(f"part receive {PART} --qty 1 --at 2026-03-01").err
        assert "the count of 2026-03-01 stands" in said
        assert _stock(counter)["stock"] == 2


class TestNeverBelowZero:
    """No command takes what is not there, on any day."""

    @pytest.mark.parametrize(
        "line",
        [
            f"part use {PART} --qty 3 --for {CLAIM}",
            f"part write-off {PART} --qty 2.5 --reason x",
            f"part set {PART} used+=at=2026-03-10,qty=3",
            f"part set {PART} counted=",
            f"part set {PART} counted+=at=2026-03-08,qty=0",
            f"part use {PART} --qty 2 --for {CLAIM} --at 2026-03-05",
            f"part use {PART} --qty 1 --for {CLAIM} --at 2026-02-28",
        ],
    )
    def test_exit_5_with_the_stock_and_the_remedy(self, counter: Counter, line: str) -> None:
        """Nothing is written; the row may be one of a later day that would be left without its piece."""
        counter.done(f"part use {PART} --qty 1 --for {CLAIM} --at 2026-03-09")
        before = counter.files()
        printed = counter(line)
        assert printed.code == 5
        assert "in stock on 2026-0" in printed.err
        assert printed.err.splitlines()[-1].startswith(f"aftercare part receive {PART} --qty ")
        assert counter.files() == before

    def test_the_remedy_can_be_typed(self, counter: Counter) -> None:
        """After it the same command goes through."""
        line = f"part use {PART} --qty 3 --for {CLAIM}"
        remedy = counter(line).err.splitlines()[-1]
        counter.done(remedy.removeprefix("aftercare "))
        counter.done(line)

    def test_a_new_part_obeys_too(self, counter: Counter) -> None:
        """``add`` takes whole ledgers, from flags and from files."""
        assert counter("part add --name 阀 --used at=2026-03-05,qty=1").code == 5
        counter.write("parts.json", '[{"name": "阀", "used": [{"at": "2026-03-05", "qty": 1}]}]')
        assert counter("part add --from parts.json").code == 5
        assert not (counter.folder / "parts/2026/PA26-0002.yaml").exists()

    def test_a_file_that_is_wrong_can_be_mended(self, counter: Counter) -> None:
        """Other changes and what brings it up are let through; what makes it worse is not."""
        counter.write(FILE, f"id: {PART}\nname: 压缩机\nused: [{{at: 2026-03-05, qty: 3, for: {CLAIM}}}]\n")
        assert counter("check book").out.startswith(f"{FILE}:3: stock used.1: 0 in stock on 2026-03-05")
        counter.done(f"part set {PART} note=盘点")
        assert counter(f"part use {PART} --qty 1 --for {CLAIM}").code == 5
        counter.done(f"part receive {PART} --qty 3 --at 2026-03-05")
        assert counter.done("check book").out == ""


class TestWaiting:
    """A waiting repair names the part; the part's arrival names the repairs."""

    def test_the_part_is_found_by_its_words(self, counter: Counter) -> None:
        """Its id stands in the file; words that find none stay words, and an id that leads nowhere is exit 4."""
        counter.done(f"part count {PART} --qty 0")
        assert f"promises {SUPPLY} by Tue 17 March 2026" in _wait(counter)
        assert f"for: {PART}" in counter.text(CLAIM)
        counter.done(f"claim repair {SECOND} wait --for 风扇叶 --because no_parts")
        assert "for: 风扇叶" in counter.text(SECOND)
        counter.done(f"claim repair {CLAIM} resume")
        before = counter.files()
        assert counter(f"claim repair {CLAIM} wait --for PA26-0099 --because no_parts").code == 4
        assert counter(f"claim set {CLAIM} repairs.1.waiting.1.for=pa26-99").code == 4
        assert counter.files() == before
        assert counter(f"part remove {PART} --yes").code == 5

    def test_two_parts_of_a_name_are_no_words(self, counter: Counter) -> None:
        """Which of them is asked for, never guessed."""
        counter.done("part add --name 压缩机 --number KF50-COMP")
        printed = counter(f"claim repair {CLAIM} wait --for 压缩机 --because no_parts")
        assert (printed.code, "PA26-0002 压缩机 KF50-COMP" in printed.err) == (4, True)
        counter.done(f"claim repair {CLAIM} wait --for KF50-COMP --because no_parts")

    def test_nobody_waits_for_what_lies_there(self, counter: Counter) -> None:
        """The command that takes it is said."""
        assert f"2 in stock that nobody waits for: aftercare part use {PART} --qty 1 --for {CLAIM}" in _wait(counter)

    def test_what_it_waits_for_is_said_by_its_name(self, counter: Counter) -> None:
        """Where it is refused, and in the unit's history."""
        _wait(counter)
        printed = counter(f"claim repair {CLAIM} wait --for x --because no_parts")
        assert (printed.code, f"{PART} 压缩机 KF35-COMP" in printed.err) == (5, True)
        assert "the repair waits: no parts, 压缩机 KF35-COMP" in counter.done("unit show SA25-0009/1").out

    def test_an_order_moves_what_was_promised(self, counter: Counter) -> None:
        """It names the repairs that wait and have none on order, as far as it reaches; its day can be changed."""
        _wait(counter)
        _wait(counter, SECOND)
        said = counter.done(f"part order {PART} --qty 1 --expected 2026-03-20").err
        assert f"promises {SUPPLY} by Fri 20 March 2026" in said
        assert "ordered for CL26-0001 王建军 空调 KFR-35, which waits for it" in said
        counter.done(f"part order {PART} --qty 5 --expected 2026-03-24")
        orders = counter.done(f"part show {PART} --format json").json["ordered"]
        assert [order["for"] for order in orders] == [[CLAIM], [SECOND]]
        moved = counter.done(f"part set {PART} ordered.1.expected=2026-03-22").err
        assert f"promises {SUPPLY} by Sun 22 March 2026" in moved
        row = counter.done(f"promise show {SUPPLY} --format json").json
        assert (row["first_due"], row["due"], row["moves"], row["part"]) == ("2026-03-17", "2026-03-22", 1, PART)

    def test_the_first_that_waits_is_the_first_that_gets_one(self, counter: Counter) -> None:
        """One piece, two repairs: the one that began to wait first; another piece later is for the other."""
        counter.done(f"part count {PART} --qty 0 --at 2026-03-08")
        _wait(counter, SECOND, "--at 2026-03-09T08:00")
        _wait(counter, CLAIM, "--at 2026-03-09T09:00")
        first = counter.done(f"part receive {PART} --qty 1").err
        assert f"keeps {SECOND}/supply-part.1, in time" in first
        assert first.splitlines()[-1].endswith(f"waits for it: aftercare claim repair {SECOND} resume")
        assert CLAIM not in first
        assert (_stock(counter)["set_aside"], _stock(counter)["waiting"]) == (1, [CLAIM])
        assert f"keeps {SUPPLY}, in time" in counter.done(f"part receive {PART} --qty 5").err
        assert (_stock(counter)["set_aside"], _stock(counter)["free"], _stock(counter)["waiting"]) == (2, 4, [])
        assert "waits for it" not in counter.done(f"part receive {PART} --qty 1").err

    def test_only_who_waits_is_given_a_piece(self, counter: Counter) -> None:
        """Another one is exit 5 with the command that says that it waits; three for two pieces are too many."""
        printed = counter(f"part receive {PART} --qty 1 --for {CLAIM}")
        assert printed.code == 5
        assert printed.err.splitlines()[-1] == f"aftercare claim repair {CLAIM} wait --for {PART} --because no_parts"
        _wait(counter)
        _wait(counter, SECOND)
        assert counter(f"part receive {PART} --qty 1 --for {CLAIM} --for {SECOND}").code == 2
        assert counter(f"part receive {PART} --qty 1 --for {CLAIM} --at 2026-03-09").code == 5
        assert f"keeps {SECOND}/supply-part.1" in counter.done(f"part receive {PART} --qty 1 --for {SECOND}").err

    def test_a_piece_that_goes_elsewhere_is_said(self, counter: Counter) -> None:
        """What was set aside for one repair and went into another is missing there."""
        counter.done(f"part count {PART} --qty 0 --at 2026-03-08")
        _wait(counter)
        counter.done(f"part receive {PART} --qty 1")
        said = counter.done(f"part use {PART} --qty 1 --for {SECOND}").err
        assert f"0 left, and a piece was set aside for {CLAIM}" in said

    def test_what_is_due_says_how(self, counter: Counter) -> None:
        """The command of ``due --how`` keeps the promise."""
        _wait(counter)
        rows = counter.done("due --within 30d --what supply_part --format json").json
        (keep_with,) = [row["keep_with"] for row in rows]
        assert f"keeps {SUPPLY}, in time" in counter.done(" ".join(keep_with[1:])).err
