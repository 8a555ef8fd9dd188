"""``log``: what was done to the book, and the history of a record, in words and in rows."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from aftercare.answers.deeds_done import FIELDS, WHATS
from tests import under_git
from tests.counter import Counter
from tests.under_git import git

STAMP = re.compile("^[0-9a-f]{8}  2026-03-10 09:30  ")


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop under git, all of it committed by hand at first."""
    return under_git.opened(tmp_path / "book", capsys, monkeypatch)


def told(counter: Counter, line: str) -> list[str]:
    """The lines of a log without what tells which commit it was, and when."""
    return [STAMP.sub("", entry) for entry in counter.done(line).lines]


def alone(counter: Counter) -> None:
    """Let one author have written everything, so that nobody is named."""
    git(counter.folder, "config", "user.name", "Shop")
    git(counter.folder, "config", "user.email", "shop@example.org")


def test_one_line_a_command(counter: Counter) -> None:
    """Newest first: when, what was done and to whom, what came of it; what was done by hand is told as such."""
    alone(counter)
    counter.done("customer set 1 phones+=13700137000")
    counter.done("sale add --name 赵六 --phone 13600136000 --product KFR-35 --price 3000")
    assert all(STAMP.match(line) for line in counter.done("log").lines)
    assert counter.done("log").lines[0].startswith(git(counter.folder, "rev-parse", "--short=8", "HEAD"))
    assert told(counter, "log") == [
        "sale add SA26-0003 赵六 空调 KFR-35: added CU26-0003 赵六 13600136000",
        "customer set CU26-0001 王建国 13800138000: phones: added 13700137000",
        "by hand: the shop as it was: settings: 1 added; claim: 1 added; custome…",
    ]


def test_the_history_of_a_record_in_words(counter: Counter) -> None:
    """Each change by the names of its fields, what it was and what it is; words of several in quotes."""
    alone(counter)
    counter.done("sale set 1 items.1.price=3199")
    counter.done("sale set 1", "note=先付 定金")
    counter.done("sale set 1", "note=已付 全款")
    counter.done("sale set 1 note=")
    assert told(counter, "log SA26-0001")[:4] == [
        "note: took out “已付 全款”",
        "note: “先付 定金” → “已付 全款”",
        "note: “先付 定金”",
        "items 1 price: 3299.00 → 3199.00",
    ]
    assert "(by hand) added" in told(counter, "log SA26-0001")[4]


def test_lists_say_what_was_added_and_what_was_taken_out(counter: Counter) -> None:
    """Not which position became what."""
    alone(counter)
    counter.done("customer set 1 phones+=13700137000")
    counter.done("customer set 1 phones-=13800138000")
    assert told(counter, "log 王建国")[:2] == ["phones: took out 13800138000", "phones: added 13700137000"]


@pytest.mark.parametrize("ref", ["CU26-0003", "cu26-3", "ＣＵ２６－３"])
def test_a_removed_record_still_has_its_history(counter: Counter, ref: str) -> None:
    """By its id, however that is written."""
    alone(counter)
    counter.done("customer add --name 赵六")
    counter.done("customer remove 赵六 --reason 写错 --yes")
    assert told(counter, f"log {ref}") == ["removed: 写错", "added; name: 赵六; since: 2026-03-10"]
    assert told(counter, "log --limit 2") == ["customer remove CU26-0003 赵六", "customer add CU26-0003 赵六"]


def test_a_unit_has_the_history_of_its_sale_and_its_claims(counter: Counter) -> None:
    """And no other sale's."""
    alone(counter)
    counter.done("sale set SA25-0009", "note=老客户")
    counter.done("claim set 1 asked=refund")
    counter.done("sale set 1", "note=别家")
    expected = ["asked: refund", "SA25-0009 note: 老客户"]
    assert [line for line in told(counter, "log SA25-0009/1") if "by hand" not in line and line[0] != " "] == expected
    assert told(counter, "log KF25-001") == told(counter, "log SA25-0009/1")


def test_a_renumbered_record_keeps_its_past(counter: Counter) -> None:
    """What was done under the number it had before is told as its own; the old number leads there too."""
    alone(counter)
    counter.done("customer set 2", "note=老客户")
    text = counter.text("CU26-0002")
    (counter.folder / "customers/2026/CU26-0002.yaml").unlink()
    counter.write(
        "customers/2026/CU26-0009.yaml", text.replace("id: CU26-0002", "id: CU26-0009\nformerly: [CU26-0002]")
    )
    for file in ("sales/2026/SA26-0002.yaml",):
        counter.write(file, (counter.folder / file).read_text().replace("CU26-0002", "CU26-0009"))
    git(counter.folder, "add", "-A")
    git(counter.folder, "commit", "-qm", "renumber CU26-0002 CU26-0009")
    lines = told(counter, "log CU26-0009")
    assert lines[:2] == ["renumbered from CU26-0002", "CU26-0002 note: 老客户"]
    assert lines[2].startswith("CU26-0002 (by hand) added; name: 单雪梅")
    assert told(counter, "log CU26-0002") == lines
    rows = counter.done("log CU26-0009 --format json").json
    assert [(row["id"], row["what"]) for row in rows] == [
        ("CU26-0009", "renumbered"),
        ("CU26-0002", "changed"),
        ("CU26-0002", "added"),
    ]


@pytest.fixture
def parted(counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Counter:
    """Two clones gave CU26-0003 to two people; after their merge 赵六, who came first, has it, and 钱七 CU26-0004."""
    alone(counter)
    git(tmp_path, "clone", "-q", str(counter.folder), "two")
    two = tmp_path / "two"
    alone(Counter(two, counter.capsys))
    for root, name, at in ((two, "赵六", "09"), (counter.folder, "钱七", "10")):
        monkeypatch.setenv("GIT_COMMITTER_DATE", f"2026-03-10T{at}:00:00+08:00")
        counter.done(f"-C {root} customer add --name {name}")
        counter.done(f"-C {root} customer set CU26-0003 note={name}的话")
    pull = ["git", "pull", "-q", "--no-rebase", "../two", "HEAD"]
    assert subprocess.run(pull, cwd=counter.folder, capture_output=True, check=False).returncode
    counter.done("renumber CU26-0003")
    git(counter.folder, "commit", "-q", "--no-edit")
    return counter


@pytest.mark.parametrize(("record", "name", "other"), [("CU26-0003", "赵六", "钱七"), ("CU26-0004", "钱七", "赵六")])
def test_records_that_a_merge_parted_have_each_their_own_past(
    parted: Counter, record: str, name: str, other: str
) -> None:
    """What was said by one of them would have been told as the other's, to whoever asks what was agreed with them."""
    text = parted.done(f"log {record}").out
    assert f"note: {name}的话" in text
    assert f"added; name: {name}" in text
    assert other not in text


def test_who_had_a_number_then_is_who_is_named(parted: Counter) -> None:
    """Both clones' commands would have been told as done to 赵六, who has the number today."""
    lines = told(parted, "log --limit 5")
    assert {line.partition(":")[0] for line in lines[1:]} == {
        "customer set CU26-0003 赵六", "customer add CU26-0003 赵六",
        "customer set CU26-0003 钱七", "customer add CU26-0003 钱七",
    }  # fmt: skip


def test_what_is_not_committed_yet_is_told_as_such(counter: Counter) -> None:
    """A change by hand, and one whose commit failed, are named; machines get no commit for them."""
    alone(counter)
    counter.write("customers/2026/CU26-0001.yaml", counter.text("CU26-0001").replace("elderly", "ill"))
    assert counter.done("log CU26-0001").lines[0].startswith("not in the history yet: needs: took out elderly")
    first, *_ = counter.done("log --format json").json
    assert (first["id"], first["what"], first["commit"], first["at"]) == ("CU26-0001", "changed", None, None)
    (counter.folder / "customers/2026/CU26-0001.yaml").write_bytes(b"\xff")
    printed = counter("log CU26-0001")
    assert (printed.code, printed.lines[0]) == (3, "not in the history yet: a file that could not be read as it stood")


def test_rows_for_machines(counter: Counter) -> None:
    """One row for each record of a command, every field in each, whatever the language."""
    alone(counter)
    counter.done("sale set 1 items.1.price=3199")
    row = counter.done("log SA26-0001 --format json --limit 1").json[0]
    commit = git(counter.folder, "rev-parse", "HEAD")
    assert row == {
        "id": "SA26-0001",
        "kind": "sale",
        "at": "2026-03-10T09:30",
        "commit": commit,
        "author": "Shop",
        "what": "changed",
        "command": "sale set SA26-0001",
        "file": "sales/2026/SA26-0001.yaml",
        "changes": [{"path": "items.1.price", "before": "3299.00", "after": "3199.00"}],
    }
    assert counter.done("log --lang zh SA26-0001 --format json --limit 1").json[0] == row
    settings = [row for row in counter.done("log --format json").json if row["file"] == "aftercare.yaml"]
    assert [(row["id"], row["kind"], row["what"]) for row in settings] == [(None, "settings", "added")]
    assert counter.done("log SA26-0001 --format ids --limit 1").out == "SA26-0001\n"
    assert counter.done("log --since 2026-03-11 --format json").json == []
    assert counter.done("log --since 2026-03-11 --format csv").lines == [
        "id,kind,at,commit,author,what,command,file,changes"
    ]


def test_who_did_it_where_there_are_several(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name that git has, whatever signs it holds: it neither moves the terminal nor makes a line of its own."""
    monkeypatch.setenv("GIT_AUTHOR_NAME", "张\x1b[31m敏\u202e")
    counter.done("customer set 1 note=x")
    line = told(counter, "log --limit 1")[0]
    assert line == r"张\x1b[31m敏\u202e  customer set CU26-0001 王建国 13800138000: note: x"
    assert counter.done("log --format json --limit 1").json[0]["author"] == "张\x1b[31m敏\u202e"


def test_a_hostile_title_is_one_harmless_line(counter: Counter) -> None:
    """What somebody wrote into a commit is shown, escaped, and takes no second line."""
    counter.write("customers/2026/CU26-0001.yaml", counter.text("CU26-0001") + "note: x\n")
    git(counter.folder, "add", ".")
    git(counter.folder, "commit", "-q", "--cleanup=verbatim", "-m", "\x1b]0;x\x07title\r\nsale add SA26-0099")
    first, second, *_ = counter.done("log").lines
    assert first.endswith(r"by hand: \x1b]0;x\x07title: changed CU26-0001 王建国 13800138000")
    assert "the shop as it was" in second


def test_without_a_history(counter: Counter, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Git off, no repository or no git: one line, the remedy, exit 5."""
    with monkeypatch.context() as patch:
        patch.setenv("PATH", str(tmp_path))
        printed = counter("log")
        assert (printed.code, printed.err.splitlines()[0]) == (
            5,
            "aftercare: the history cannot be read: git is not installed",
        )
    (counter.folder / ".git").rename(tmp_path / "away")
    printed = counter("log")
    assert (printed.code, len(printed.err.splitlines())) == (5, 2)
    counter.write("aftercare.yaml", "shop: 阳光家电\ngit: no\n")
    printed = counter("log SA26-0001")
    assert (printed.code, printed.err.splitlines()[0]) == (5, "aftercare: git keeps no history of this book")
    assert "git init" in printed.err


def test_before_the_first_commit(counter: Counter) -> None:
    """A branch without a commit has no history; what is there is not in it yet."""
    git(counter.folder, "update-ref", "-d", "HEAD")
    assert all(line.startswith(("not in the history yet", " ")) for line in counter.done("log").lines)


def test_an_unknown_record(counter: Counter) -> None:
    """Exit 4 as everywhere."""
    assert counter("log SA26-0099").code == 4
    assert counter("log 没有这个人").code == 4


def test_a_shallow_clone_says_where_it_ends(counter: Counter, tmp_path: Path) -> None:
    """What was cloned is told; nothing is said to have been added by the commit at which the clone begins."""
    alone(counter)
    counter.done("customer set 1 note=x")
    counter.done("customer set 1 note=y")
    git(tmp_path, "clone", "-q", "--depth=2", f"file://{counter.folder}", "clone")
    printed = counter.done(f"-C {tmp_path / 'clone'} log CU26-0001")
    assert [STAMP.sub("", line) for line in printed.lines] == ["note: x → y"]
    assert "git fetch --unshallow" in printed.err


@pytest.mark.parametrize("detached", [False, True])
def test_a_book_in_a_subfolder_and_in_a_worktree(counter: Counter, tmp_path: Path, detached: bool) -> None:
    """A repository around the book, with another book beside it: only what was done to this one is told."""
    around = tmp_path / "around"
    git(tmp_path, "init", "-q", "around")
    for name in ("one", "二 号店"):
        (around / name).mkdir()
        subprocess.run(["cp", "-r", f"{counter.folder}/.", str(around / name)], check=True)
        subprocess.run(["rm", "-rf", str(around / name / ".git")], check=True)
    git(around, "add", ".")
    git(around, "commit", "-qm", "both")
    assert counter("customer set 1 note=x", "-C", str(around / "one")).code == 0
    assert counter("customer set 2 note=y", "-C", str(around / "二 号店")).code == 0
    if detached:
        git(around, "worktree", "add", "-q", "--detach", str(tmp_path / "tree"))
        around = tmp_path / "tree"
    rows = counter.done("log --format json --limit 2", "-C", str(around / "二 号店")).json
    assert [(row["id"], row["command"]) for row in rows] == [
        ("CU26-0002", "customer set CU26-0002"),
        (None, None),
    ]
    assert not [row for row in rows if row["file"].startswith(("one", "二"))]


def test_nothing_in_the_repository_decides_what_is_told(counter: Counter, tmp_path: Path) -> None:
    """Signatures shown, diff programs, converters, pagers, other encodings, mailmaps, replaced commits: none is asked.

    A forged past, or a program of whoever handed the folder over, would be shown or run otherwise.
    """
    alone(counter)
    counter.done("customer set 1 note=x")
    before = counter.done("log").out
    canary = tmp_path / "canary"
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {canary}\n")
    trap.chmod(0o755)
    for name, value in {
        "log.showSignature": "true",
        "diff.external": str(trap),
        "diff.x.textconv": str(trap),
        "core.pager": str(trap),
        "pager.log": str(trap),
        "i18n.logOutputEncoding": "UTF-16",
        "core.fsmonitor": str(trap),
        "log.mailmap": "true",
        "mailmap.file": str(tmp_path / "mailmap"),
        "gpg.program": str(trap),
        "log.date": "relative",
        "log.follow": "true",
        "diff.renames": "copies",
        "diff.orderFile": str(tmp_path / "order"),
        "core.commitGraph": "true",
    }.items():
        git(counter.folder, "config", name, value)
    (counter.folder / ".gitattributes").write_text("*.yaml diff=x -text\n")
    (tmp_path / "mailmap").write_text("Somebody <else@example.org> <shop@example.org>\n")
    head = git(counter.folder, "rev-parse", "HEAD")
    forged = git(counter.folder, "commit-tree", "-m", "sale add SA26-0099", f"{head}^{{tree}}")
    git(counter.folder, "replace", head, forged)
    (counter.folder / ".git" / "info").mkdir(exist_ok=True)
    (counter.folder / ".git" / "info" / "grafts").write_text(f"{head}\n")
    assert counter.done("log").out == before
    assert counter.done("log").err == ""
    assert not canary.exists()


def test_personal_data_is_in_no_argument(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever lists the processes of the machine learns no name."""
    seen: list[str] = []
    run = subprocess.run

    def noted(arguments: list[str], **rest: object) -> object:
        seen.extend(arguments)
        return run(arguments, **rest)  # type: ignore[call-overload]

    counter.done("customer set 1", "note=老客户")
    monkeypatch.setattr(subprocess, "run", noted)
    counter.done("log 王建国")
    counter.done("undo")
    assert "diff-tree" in seen
    assert not [word for word in seen if not word.isascii()]


def test_merges_tell_both_sides_once(counter: Counter) -> None:
    """What came in by a merge is told by the commits it came in with, and only what the merge itself decided by it."""
    alone(counter)
    branch = git(counter.folder, "symbolic-ref", "--short", "HEAD")
    git(counter.folder, "checkout", "-qb", "side")
    counter.done("customer set 1 note=side")
    git(counter.folder, "checkout", "-q", branch)
    counter.done("customer set 2 note=main")
    git(counter.folder, "merge", "-q", "--no-edit", "side")
    assert len([row for row in counter.done("log --format json").json if row["what"] == "changed"]) == 2


def test_in_chinese(counter: Counter) -> None:
    """Commands, fields and what became of a record are said in the operator's language."""
    alone(counter)
    counter.done("customer set 1 phones+=13700137000")
    assert told(counter, "log --limit 1 --lang zh") == [
        "顾客 修改 CU26-0001 王建国 13800138000：电话：添加 13700137000"
    ]


def test_what_was_known_on_a_day(counter: Counter) -> None:
    """``--as-of`` tells what had been done by then, and nothing that is in no commit."""
    counter.done("customer set 1 note=x")
    counter.write("customers/2026/CU26-0001.yaml", counter.text("CU26-0001") + "tags: [x]\n")
    rows = counter.done("log CU26-0001 --as-of 2026-03-10 --format json").json
    assert [row["what"] for row in rows] == ["changed", "added"]
    assert counter.done("log CU26-0001 --as-of 2026-03-09 --format json").json == []


def test_what_is_neither_a_date_nor_a_commit(counter: Counter) -> None:
    """Who mistyped a commit was told how dates are written, and left to think that commits are not taken."""
    english = counter("due --as-of deadbee")
    assert (english.code, english.out) == (2, "")
    assert english.err.splitlines() == [
        "aftercare: --as-of: “deadbee” is neither a date we know nor a commit of this book",
        "write 2026-03-04, 2026-03-04T18:00, yesterday, -2w, or a commit that aftercare log shows",
    ]
    assert "既不是认得的日期，也不是这个账本里的提交" in counter("due --as-of deadbee --lang zh").err
    assert counter("due --as-of", git(counter.folder, "rev-parse", "--short", "HEAD")).code == 0
    assert counter("due --today deadbee").err.startswith("aftercare: --today: “deadbee” is not a date we know")


def test_without_git_there_is_no_commit_to_name(counter: Counter) -> None:
    """Nobody is sent to look for commits where there are none."""
    shutil.rmtree(counter.folder / ".git")
    assert counter("due --as-of deadbee").err.startswith("aftercare: --as-of: “deadbee” is not a date we know")


def test_settings_that_say_nothing_sound(counter: Counter) -> None:
    """Whether there is a history cannot be known then: it is their fault that is told."""
    counter.write("aftercare.yaml", "git: perhaps\n")
    printed = counter("log")
    assert (printed.code, printed.err.startswith("aftercare.yaml:1: setting ")) == (3, True)


def test_the_page_names_every_field_and_what_may_have_happened() -> None:
    """What scripts rely on is written down."""
    page = (Path(__file__).parent.parent.parent / "docs" / "history.md").read_text(encoding="utf-8")
    assert not [name for name in (*FIELDS, *WHATS) if f"`{name}`" not in page]


def test_a_decision_is_told_without_the_verdict_that_it_was_taken_on(counter: Counter) -> None:
    """A thousand letters of packs and hashes would have hidden what was decided; machines get them."""
    counter.done("claim decide 1 refund --reason x")
    for line in ("log CL26-0001 --limit 1", "undo --dry-run"):
        printed = counter(line)
        text = printed.out + printed.err
        assert "remedy refund, reason x" in text, text
        assert not {word for word in ("verdict", "sha256", "packs") if word in text.split("effect")[0]}
    assert "sha256" in counter.done("log CL26-0001 --limit 1 --format json").out


def test_times_are_said_as_on_the_page_of_the_record(counter: Counter) -> None:
    """Not as data, in quotes."""
    counter.done("sale set 1 told.deliver.by=2026-03-30T18:00")
    assert counter.done("log SA26-0001 --limit 1").lines[0].endswith("→ 2026-03-30 18:00")
    counter.done("sale set 2 told.install.by=2026-03-30T18:00")
    assert counter.done("log SA26-0002 --limit 1").lines[0].endswith("told install: by 2026-03-30 18:00")


def test_a_number_that_was_left_and_taken_again(counter: Counter) -> None:
    """The overview says once what became what; the past of the old number says where it went, not that it was lost."""
    alone(counter)
    counter.done("renumber CU26-0002 --to CU26-0011")
    line = told(counter, "log --limit 1")[0]
    assert line == "renumber CU26-0002 → CU26-0011 单雪梅 13900131234: changed SA26-0002 单…"
    counter.done("undo")
    assert told(counter, "log CU26-0002 --limit 2") == ["brought back", "renumbered to CU26-0011"]
    assert "编号改为 CU26-0011" in counter.done("log --lang zh CU26-0002").out


def test_since_when_is_said_in_full(counter: Counter) -> None:
    """A slip in a relative date would have hidden what was done, without a word."""
    assert counter.done("log --since -2w").err.startswith("-2w = ")
    assert counter.done("log --since 2026-03-01").err == ""
