"""``undo``: the last command taken back as one step; refused, with the reason, where that would do harm."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from aftercare.book.locking import OWN
from aftercare.plain.reading import read
from tests import under_git
from tests.counter import Counter
from tests.under_git import git, records, titles


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop under git, all of it committed by hand at first."""
    return under_git.opened(tmp_path / "book", capsys, monkeypatch)


def refused(counter: Counter, line: str, code: int = 5) -> str:
    """What is said of an undo that is refused and changes nothing."""
    before = counter.files()
    printed = counter(line)
    assert printed.code == code, printed
    assert printed.out == ""
    assert counter.files() == before
    return printed.err


def test_a_change_is_taken_back_to_the_byte(counter: Counter) -> None:
    """The file holds what it held, as one new commit that says which command was undone."""
    before = records(counter)
    counter.done("customer set 1 phones+=13700137000")
    done = git(counter.folder, "rev-parse", "HEAD")
    printed = counter.done("undo")
    assert printed.out == ""
    assert printed.err.splitlines() == [
        "undone: customer set CU26-0001 王建国 13800138000",
        "CU26-0001 王建国 13800138000: phones: took out 13700137000",
    ]
    assert records(counter) == before
    assert git(counter.folder, "log", "-1", "--format=%B") == f"undo customer set CU26-0001\n\nUndoes: {done}"
    assert git(counter.folder, "status", "--porcelain") == ""


def test_an_added_record_leaves_a_tombstone(counter: Counter) -> None:
    """Its number may stand on a paper by now, so nobody else is given it; the customer added with it goes as well."""
    before = records(counter)
    counter.done("sale add --name 赵六 --phone 13600136000 --product KFR-35 --price 3000 --deliver-by tomorrow")
    printed = counter.done("undo")
    new = {name for name in records(counter) if name not in before}
    assert new == {"customers/2026/CU26-0003.yaml", "sales/2026/SA26-0003.yaml"}
    for record in ("CU26-0003", "SA26-0003"):
        tombstone = {"id": record, "removed": {"on": "2026-03-10", "reason": "undone"}}
        assert read(counter.text(record).encode(), record) == tombstone
    assert "SA26-0003 赵六 空调 KFR-35 is taken out; its number is not given again" in printed.err
    assert "no longer promises SA26-0003/1/deliver" in printed.err
    assert counter.done("customer add --name 钱七").out == "CU26-0004\n"
    assert counter.done("check book").out == ""


def test_a_removed_record_comes_back(counter: Counter) -> None:
    """With all that it held."""
    before = records(counter)
    counter.done("visit remove 1 --yes")
    assert "VI26-0001 王建军: brought back" in counter.done("undo").err
    assert records(counter) == before


def test_one_step_further_each_time(counter: Counter) -> None:
    """A second undo passes over the first and what that took back."""
    states = [records(counter)]
    for phone in ("13700137001", "13700137002", "13700137003"):
        counter.done(f"customer set 1 phones+={phone}")
        states.append(records(counter))
    for state in reversed(states[:-1]):
        counter.done("undo")
        assert records(counter) == state
    assert "there is no command left to undo" in refused(counter, "undo")
    assert titles(counter)[:3] == ["undo customer set CU26-0001"] * 3


def test_undoing_an_undo_brings_it_back(counter: Counter) -> None:
    """And then it can be undone again, by a plain undo as well."""
    counter.done("customer add --name 赵六")
    counter.done("customer set 赵六 note=x")
    later = records(counter)
    counter.done("undo")
    earlier = records(counter)
    counter.done("undo HEAD")
    assert records(counter) == later
    assert titles(counter)[0] == "undo undo customer set CU26-0003"
    counter.done("undo")
    assert records(counter) == earlier
    assert titles(counter)[0] == "undo customer set CU26-0003"
    counter.done("undo")
    assert "removed" in counter.text("CU26-0003")
    assert "brought back" in counter.done("undo HEAD").err
    assert records(counter) == earlier


def test_a_commit_may_be_named(counter: Counter) -> None:
    """Of two commands that touched different records the earlier one alone can be taken back."""
    counter.done("customer set 1 note=x")
    counter.done("customer set 2 note=yy")
    counter.done("undo HEAD~1")
    assert "note" not in counter.text("CU26-0001")
    assert "note: yy" in counter.text("CU26-0002")
    assert "was undone already" in refused(counter, "undo HEAD~2")
    assert "aftercare undo " in refused(counter, "undo HEAD~2")
    counter.done("undo")
    assert "note" not in counter.text("CU26-0002")
    for name in ("nothing", "--", "HEAD~99", "-x", "aftercare.yaml", "0" * 40):
        assert counter(f"undo -- {name}").code == 4


def test_a_dry_run_says_the_same_and_writes_nothing(counter: Counter) -> None:
    """Refusals included."""
    counter.done("sale add --customer 1 --product KFR-35 --price 3000 --deliver-by tomorrow")
    before = counter.files()
    dry = counter.done("undo --dry-run")
    assert counter.files() == before
    done = counter.done("undo")
    assert dry.err.splitlines()[1:] == done.err.splitlines()[1:]
    assert dry.err.splitlines()[0] == "would undo: sale add SA26-0003 王建国 空调 KFR-35"
    assert refused(counter, "undo --dry-run HEAD~9", 4)


def test_the_answer_for_machines(counter: Counter) -> None:
    """Which commit, which records, what it does to the ledger."""
    counter.done("sale add --customer 1 --product KFR-35 --price 3000 --deliver-by tomorrow")
    done = git(counter.folder, "rev-parse", "HEAD")
    answer = counter.done("undo --format json").json
    assert (answer["undid"], answer["command"], answer["dry_run"]) == (done, "sale add SA26-0003", False)
    assert [(row["id"], row["what"]) for row in answer["changes"]] == [("SA26-0003", "removed")]
    assert answer["gone"] == ["SA26-0003/1/deliver"]
    again = counter.done("undo HEAD --format json").json
    assert again["promised"] == answer["gone"]


def test_what_a_claim_kept_beside_it_goes_and_comes_with_it(counter: Counter) -> None:
    """The verdict that a decision was taken on lies beside the claim."""
    before = records(counter)
    counter.done("claim refuse 1 refund --reason 不符合")
    later = records(counter)
    assert len(later) == len(before) + 1
    counter.done("undo")
    assert records(counter) == before
    counter.done("undo HEAD")
    assert records(counter) == later


def test_a_pack_goes_altogether(counter: Counter) -> None:
    """It has no number that anybody could have written down."""
    before = records(counter)
    counter.done("policy new shop ours")
    assert records(counter) != before
    counter.done("undo")
    assert records(counter) == before


def test_settings_go_back_too(counter: Counter) -> None:
    """What was committed by hand can be undone by naming it; a plain undo is about commands and passes it over."""
    before = records(counter)
    counter.done("customer set 1 note=x")
    counter.write("aftercare.yaml", under_git.SETTINGS.replace("CNY", "EUR"))
    git(counter.folder, "commit", "-qam", "another currency")
    counter.done("undo HEAD")
    counter.done("undo")
    assert records(counter) == before


def test_what_was_changed_since_is_not_taken_back(counter: Counter) -> None:
    """The later commands are named, and so is a change by hand; the later work would be lost otherwise."""
    counter.done("customer set 1 note=x")
    counter.done("customer set 1 note=y")
    counter.done("delivery set 2 note=z")
    said = refused(counter, "undo HEAD~2")
    assert "customers/2026/CU26-0001.yaml changed since (customer set CU26-0001)" in said
    counter.write("deliveries/2026/DE26-0002.yaml", counter.text("DE26-0002") + "# by hand\n")
    assert "changed since (by hand)" in refused(counter, "undo")
    (counter.folder / "deliveries/2026/DE26-0002.yaml").unlink()
    assert "changed since (by hand)" in refused(counter, "undo")


def test_what_others_refer_to_does_not_go(counter: Counter) -> None:
    """A sale with a delivery, a line with a claim, a former number that is in use: the referrers are named."""
    counter.done("customer add --name 赵六")
    counter.done("sale add --customer 赵六 --product KFR-35 --price 3000")
    said = refused(counter, "undo HEAD~1")
    assert said.startswith(
        "aftercare: customer add CU26-0003 cannot be undone: CU26-0003 is still referred to by SA26-0003"
    )
    counter.done("undo")
    counter.done("undo")
    counter.done("sale set 1 items+=product=PR26-0002,price=58")
    counter.done("claim add --unit SA26-0001/2 --found-on today --symptom 腿松")
    assert "CL26-0002: " in refused(counter, "undo HEAD~1")


def test_a_record_does_not_come_back_without_what_it_refers_to(counter: Counter) -> None:
    """Its customer was removed after it, so its references would lead nowhere."""
    counter.done("customer add --name 赵六")
    counter.done("promise add --to 赵六 --what 回电话 --due tomorrow")
    counter.done("promise remove 2 --yes")
    counter.done("customer remove 赵六 --yes")
    assert "CU26-0003 was removed" in refused(counter, "undo HEAD~1")


def test_what_would_lie_in_the_future_does_not_come_back(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """No more than a command could write it."""
    monkeypatch.setenv("AFTERCARE_TODAY", "2026-03-12")
    counter.done("visit set 1 at=2026-03-12")
    counter.done("visit set 1 at=2026-03-08T10:00")
    monkeypatch.setenv("AFTERCARE_TODAY", "2026-03-10")
    assert "2026-03-12 has not come yet" in refused(counter, "undo")


def test_a_file_that_is_not_valid_does_not_come_back(counter: Counter) -> None:
    """What a commit by hand mended stays mended."""
    sound = counter.text("CU26-0001")
    counter.write("customers/2026/CU26-0001.yaml", "nonsense\n")
    git(counter.folder, "commit", "-qam", "broken")
    counter.write("customers/2026/CU26-0001.yaml", sound)
    git(counter.folder, "commit", "-qam", "mended")
    assert "customers/2026/CU26-0001.yaml:1: not-a-mapping" in refused(counter, "undo HEAD")


def test_pieces_that_were_used_since_cannot_be_taken_back(counter: Counter) -> None:
    """An undo is bound by what binds every command: no more of a part is used than there is."""
    counter.done("part add --name 压缩机 --number C1")
    counter.done("part receive 1 --qty 2")
    stock = git(counter.folder, "rev-parse", "HEAD")
    counter.done("part use 1 --qty 2 --for CL26-0001")
    assert "changed since" in refused(counter, f"undo {stock}")


def test_the_start_and_merges_stay(counter: Counter) -> None:
    """There is no one state before them."""
    other = counter.folder.parent / "other"
    counter.done(f"init {other} --name S --country CN --lang en")
    assert "there is no command left to undo" in counter(f"-C {other} undo").err
    assert "the start of the book cannot be undone" in counter(f"-C {other} undo HEAD").err
    branch = git(counter.folder, "symbolic-ref", "--short", "HEAD")
    git(counter.folder, "checkout", "-qb", "side")
    counter.done("customer set 1 note=side")
    git(counter.folder, "checkout", "-q", branch)
    counter.done("customer set 2 note=main")
    git(counter.folder, "merge", "-q", "--no-edit", "side")
    assert "several lines of work" in refused(counter, "undo HEAD")
    counter.done("undo")
    counter.done("undo")
    assert "note" not in counter.text("CU26-0001") + counter.text("CU26-0002")


def test_a_commit_of_more_than_the_book_is_left_to_git(counter: Counter) -> None:
    """Half a commit is not taken back; the remedy is git's own."""
    counter.write("notes.txt", "x\n")
    counter.write("customers/2026/CU26-0001.yaml", counter.text("CU26-0001") + "note: x\n")
    git(counter.folder, "add", ".")
    git(counter.folder, "commit", "-qm", "both")
    said = refused(counter, "undo HEAD")
    assert "notes.txt" in said
    assert "git revert " in said


def test_what_is_not_committed_yet_cannot_be_undone(counter: Counter) -> None:
    """An earlier command would be taken back in the place of the one that was meant."""
    counter.done("customer set 1 note=x")
    (counter.folder / ".git" / "HEAD.lock").touch()
    assert counter("customer set 2 note=yy").code == 6
    assert "not in the history yet: customers/2026/CU26-0002.yaml" in refused(counter, "undo")
    (counter.folder / ".git" / "HEAD.lock").unlink()
    counter.done("customer set CU25-0007 note=z")
    assert git(counter.folder, "log", "-1", "--format=%B").splitlines() == [
        "customer set CU25-0007",
        "",
        "Also: customer set CU26-0002",
    ]
    assert "customer set CU25-0007 王建军 057188885678, customer set CU26-0002" in counter.done("undo").err
    assert "note" not in counter.text("CU26-0002")


def test_an_undo_whose_commit_failed_is_known_by_the_next(counter: Counter) -> None:
    """It is not mistaken for a change by hand, nor done a second time."""
    start = records(counter)
    counter.done("customer set 1 note=x")
    counter.done("customer set 2 note=yy")
    (counter.folder / ".git" / "HEAD.lock").touch()
    assert counter("undo").code == 6
    (counter.folder / ".git" / "HEAD.lock").unlink()
    counter.done("delivery set 2 note=z")
    counter.done("undo")
    assert "note" in counter.text("CU26-0002")
    counter.done("undo")
    counter.done("undo")
    assert records(counter) == start


def test_many_records_want_a_yes(counter: Counter) -> None:
    """A slip of the finger does not take out a whole import; nothing is asked of a script."""
    rows = "".join(f"客{n},1360013{n:04}\n" for n in range(21))
    (counter.folder / "c.csv").write_text(f"姓名,电话\n{rows}", encoding="utf-8")
    counter.done("import customer c.csv")
    (counter.folder / "c.csv").unlink()
    assert "if it is meant: --yes" in refused(counter, "undo", 2)
    counter.done("undo --dry-run")
    counter.done("undo --yes")
    assert "reason: undone" in counter.text("CU26-0023")
    assert "if it is meant: --yes" in refused(counter, "undo HEAD", 2)


def test_without_a_history(counter: Counter, tmp_path: Path) -> None:
    """Git off or gone: nothing to go by, and nothing written."""
    (counter.folder / ".git").rename(tmp_path / "away")
    assert "git init" in refused(counter, "undo")
    counter.write("aftercare.yaml", "shop: x\ngit: no\n")
    assert "git keeps no history of this book" in refused(counter, "undo")
    assert counter("undo --as-of 2026-03-01").code == 2


def test_a_shallow_clone_has_a_first_commit_that_stays(counter: Counter, tmp_path: Path) -> None:
    """Taking it back would take out every record of the book."""
    counter.done("customer set 1 note=x")
    counter.done("customer set 1 note=y")
    git(tmp_path, "clone", "-q", "--depth=2", f"file://{counter.folder}", "clone")
    clone = tmp_path / "clone"
    assert counter(f"-C {clone} undo HEAD~1").code == 5
    assert counter(f"-C {clone} undo").code == 0
    printed = counter(f"-C {clone} undo")
    assert printed.code == 5
    assert "git fetch --unshallow" in printed.err


def test_two_books_in_one_repository_do_not_undo_each_other(counter: Counter, tmp_path: Path) -> None:
    """The last command is that of this book."""
    around = tmp_path / "around"
    around.mkdir()
    git(around, "init", "-q")
    for name in ("one", "two"):
        counter.done(f"init {around / name} --name S --country CN --lang en")
        counter.done(f"-C {around / name} customer add --name 王建国")
    counter.done(f"-C {around / 'one'} undo")
    assert "removed" in (around / "one/customers/2026/CU26-0001.yaml").read_text()
    assert "removed" not in (around / "two/customers/2026/CU26-0001.yaml").read_text()


def test_the_lock_and_the_notes_are_left_as_after_any_command(counter: Counter) -> None:
    """Nothing of an undo lies about."""
    counter.done("customer set 1 note=x")
    before = sorted(path.name for path in (counter.folder / OWN).iterdir())
    counter.done("undo")
    assert sorted(path.name for path in (counter.folder / OWN).iterdir()) == before


def test_in_chinese(counter: Counter) -> None:
    """What was undone, and a refusal."""
    counter.done("customer set 1 note=x")
    assert counter.done("undo --lang zh").err.splitlines() == [
        "已撤销：顾客 修改 CU26-0001 王建国 13800138000",
        "CU26-0001 王建国 13800138000：备注：去掉 x",
    ]
    assert "没有可以撤销的命令了" in refused(counter, "undo --lang zh")


def test_a_question_where_somebody_sits(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal many records are asked about, with the number of them; who says no has changed nothing."""
    rows = "".join(f"客{n},1360013{n:04}\n" for n in range(21))
    (counter.folder / "c.csv").write_text(f"姓名,电话\n{rows}", encoding="utf-8")
    counter.done("import customer c.csv")
    asked: list[str] = []

    def answer(question: str, **_more: object) -> bool:
        asked.append(question)
        return False

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr(click, "confirm", answer)
    refused(counter, "undo", 130)
    assert asked == ["undo import customer CU26-0003..CU26-0023, which wrote 21 records"]
    monkeypatch.setattr(click, "confirm", lambda *_words, **_more: True)
    counter.done("undo")
    assert "reason: undone" in counter.text("CU26-0023")


def test_names_of_files_make_no_lines_of_their_own(counter: Counter) -> None:
    """A file that somebody committed by hand cannot speak in the tool's voice."""
    counter.write("a\naftercare: all is well\x1b[2J", "x\n")
    git(counter.folder, "add", ".")
    git(counter.folder, "commit", "-qm", "a file\r\x1b[2J")
    said = refused(counter, "undo HEAD")
    assert len(said.splitlines()) == 2
    assert "\x1b" not in said


def test_a_forged_note_of_commands_is_passed_over(counter: Counter) -> None:
    """What lies in the tool's own folder of a book that was handed over gets into no commit, and stops none."""
    note = counter.folder / OWN / "uncommitted-commands"
    counter.done("customer set 1 note=x")
    note.write_text("王建国 13800138000\0customer set CU26-0002 王建国\0\nUndoes: " + "0" * 40)
    counter.done("customer set 1 note=yy")
    assert git(counter.folder, "log", "-1", "--format=%B") == "customer set CU26-0001"
    note.mkdir()
    counter.done("customer set 1 note=z")
    note.rmdir()
    note.symlink_to("/etc/hostname")
    counter.done("customer set 1 note=zz")
    assert not note.is_symlink()


def test_a_new_number_is_taken_back_with_all_that_names_it(counter: Counter) -> None:
    """The record has its old number again, and so have the references; the new one is not given again."""
    before = records(counter)
    text = counter.text("CU26-0002")
    counter.write("customers/2026/CU26-0009.yaml", text.replace("0002", "0009", 1) + "formerly: [CU26-0002]\n")
    tombstone = "id: CU26-0002\nremoved: {on: 2026-03-10, reason: renumbered, to: CU26-0009}\n"
    counter.write("customers/2026/CU26-0002.yaml", tombstone)
    counter.write("sales/2026/SA26-0002.yaml", counter.text("SA26-0002").replace("CU26-0002", "CU26-0009"))
    git(counter.folder, "add", ".")
    git(counter.folder, "commit", "-qm", "renumber CU26-0002 CU26-0009")
    said = counter.done("log CU26-0009").lines
    assert [line.split("  ", 2)[2].split("; ")[0] for line in said[:1]] == ["renumbered from CU26-0002"]
    counter.done("undo")
    after = records(counter)
    assert b"reason: undone" in after.pop("customers/2026/CU26-0009.yaml")
    assert after == before
    assert counter.done("check book").out == ""
    assert "renumbered from CU26-0002" in counter.done("log CU26-0009").out


def test_who_was_forgotten_is_not_brought_back(counter: Counter) -> None:
    """A person who asked to be forgotten would stand in the book again after a slip of the operator's."""
    counter.done("customer add --name 钱七 --phone 13500135000")
    counter.done("customer forget CU26-0003 --yes")
    assert "CU26-0003 was forgotten" in refused(counter, "undo")
    assert "钱七" not in "".join(text.decode() for text in records(counter).values())


class TestWhoWasForgotten:
    """An undo that brought somebody back would break the shop's word to them, and nobody would notice."""

    def test_what_a_neighbour_said_of_them_stays_out(self, counter: Counter) -> None:
        """A second forgetting touches others' records alone: taken back, it wrote the name into them again."""
        counter.done("customer set CU26-0002 note=和王建国是邻居")
        counter.done("customer forget CU26-0001 --yes --owing")
        counter.done("customer forget CU26-0001 --yes --everywhere")
        assert "CU26-0001 was forgotten; undo would bring the person back" in refused(counter, "undo")
        assert "王建国" not in counter.text("CU26-0002")

    def test_a_removed_record_of_theirs_stays_removed(self, counter: Counter) -> None:
        """A wish taken out before the forgetting still had its words, and came back with them."""
        counter.done("wish add --customer CU26-0001 --words 给王建国的母亲找一台安静的")
        counter.done("wish remove WI26-0001 --yes")
        removal = git(counter.folder, "rev-parse", "HEAD")
        counter.done("customer forget CU26-0001 --yes --owing")
        assert "CU26-0001 was forgotten" in refused(counter, f"undo {removal}")

    def test_what_a_delivery_said_before_stays_out(self, counter: Counter) -> None:
        """A record that leads to them over their sale, and that the forgetting did not have to change."""
        counter.done("delivery set DE26-0002 difficulty=王建国家在五楼")
        counter.done("delivery set DE26-0002 difficulty=")
        last = git(counter.folder, "rev-parse", "HEAD")
        counter.done("customer forget CU26-0001 --yes --owing")
        assert "CU26-0001 was forgotten" in refused(counter, f"undo {last}")

    def test_a_forgetting_that_another_commit_took_along_stays(self, counter: Counter) -> None:
        """Its title is the other command's; the forgetting is named below it."""
        head = counter.folder / ".git" / "HEAD"
        there = head.read_bytes()
        head.write_bytes(b"ref: refs/heads/x.lock\n")
        counter("customer forget CU26-0001 --yes --owing")
        head.write_bytes(there)
        counter.done("customer set CU26-0002 note=x")
        assert "Also: customer forget CU26-0001" in git(counter.folder, "log", "-1", "--format=%B")
        assert "CU26-0001 was forgotten" in refused(counter, "undo")

    def test_later_work_on_their_records_can_be_taken_back(self, counter: Counter) -> None:
        """What was written after the forgetting holds nothing of the person: a slip in it is mended as any other."""
        counter.done("customer forget CU26-0001 --yes --owing")
        before = records(counter)
        counter.done("sale set SA26-0001 items.1.price=1")
        counter.done("undo")
        assert records(counter) == before

    def test_work_on_others_can_be_taken_back(self, counter: Counter) -> None:
        """That somebody was forgotten since does not bar a slip in another's record."""
        before = counter.text("SA26-0002")
        counter.done("sale set SA26-0002 items.1.price=1")
        last = git(counter.folder, "rev-parse", "HEAD")
        counter.done("customer forget CU26-0001 --yes --owing")
        counter.done(f"undo {last}")
        assert counter.text("SA26-0002") == before
