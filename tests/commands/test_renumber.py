"""``renumber``: another number for a record, and a merge in which two clones gave one number twice."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from aftercare.book import journal
from aftercare.book.git import Git
from aftercare.book.journal import Change
from aftercare.book.locking import held
from aftercare.cli import run
from aftercare.errors import NotCommitted
from tests.book.clones import CUSTOMER, SALE, SALE_TEXT, clones, committed, git, put, visit

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings of whoever runs the tests, and a fixed day."""
    for name in list(os.environ):
        if name.startswith("GIT_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.setenv("AFTERCARE_LANG", "en")
    monkeypatch.setenv("AFTERCARE_TODAY", "2026-03-02T13:00")


@pytest.fixture(name="book")
def _book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book with a customer, what they bought, and a call about it."""
    one, __ = clones(tmp_path)
    monkeypatch.chdir(one)
    return one


@pytest.fixture(name="merging")
def _merging(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The first clone in the midst of a merge with the second."""
    one, __ = clones(tmp_path)
    git(one, "pull", "-q", "--no-rebase", str(tmp_path / "two"), "HEAD", fails=True)
    monkeypatch.chdir(one)
    return one


def text(root: Path, file: str) -> str:
    """What a file holds."""
    return (root / file).read_text(encoding="utf-8")


def test_the_record_its_references_and_its_old_number(book: Path, capsys: Capture) -> None:
    """Only the ids change, in all that name it; comments stay; the old id finds it; one commit, and check is silent."""
    assert run(["renumber", "SA26-0001"]) == 0
    printed = capsys.readouterr()
    assert printed.out == "SA26-0002\n"
    assert "SA26-0001 is SA26-0002 now; with it: VI26-0001" in printed.err
    assert text(book, "sales/2026/SA26-0002.yaml") == (
        SALE_TEXT.replace("NAME", "王建国").replace("SA26-0001", "SA26-0002") + "formerly: [SA26-0001]\n"
    )
    assert text(book, "visits/2026/VI26-0001.yaml") == visit("VI26-0001").replace("SA26-0001", "SA26-0002")
    assert (git(book, "log", "-1", "--format=%s"), git(book, "status", "--short")) == (
        "renumber SA26-0001 SA26-0002",
        "",
    )
    assert run(["check", "book"]) == 0
    assert run(["show", "sa26-1", "--format", "ids"]) == 0
    assert capsys.readouterr().out == "SA26-0002\n"
    assert run(["visit", "list", "--where", "about=SA26-0001/1", "--format", "ids"]) == 0
    assert capsys.readouterr().out == "VI26-0001\n"


def test_the_old_number_is_never_given_again(book: Path, capsys: Capture) -> None:
    """Not even when the record was taken out since: a letter that bears the old id would lead to somebody else."""
    put(book, **{"customers_2026_CU26-0002": "id: CU26-0002\nname: 李梅\n"})
    assert run(["renumber", "CU26-0002", "--to", "CU26-0005"]) == 0
    assert run(["customer", "remove", "CU26-0005", "--yes"]) == 0
    for file in book.glob("customers/2026/CU26-0005*"):
        file.unlink()
    capsys.readouterr()
    assert run(["customer", "add", "--name", "陈静"]) == 0
    assert capsys.readouterr().out == "CU26-0003\n"


@pytest.mark.parametrize(
    ("to", "code", "said"),
    [
        ("CU26-0009", 5, "SA26-0001 cannot be CU26-0009: the kind or the year is another"),
        ("SA25-0009", 5, "SA26-0001 cannot be SA25-0009: the kind or the year is another"),
        ("SA26-0001", 5, "SA26-0001 was given already; no number is given twice"),
        ("nine", 2, "--to: “nine”: it is no id"),
    ],
)
def test_numbers_that_it_cannot_have(book: Path, capsys: Capture, to: str, code: int, said: str) -> None:
    """A number of another kind or year, or one that was given, is refused, and nothing is changed."""
    assert run(["renumber", "SA26-0001", "--to", to]) == code
    assert said in capsys.readouterr().err
    assert git(book, "status", "--short") == ""


def test_what_lies_beside_it_comes_along(book: Path) -> None:
    """The trace of a decision is found by its name beside the claim, and its bytes are what the claim's hash is of."""
    put(book, **{"claims_2026_CL26-0001": "id: CL26-0001\nunit: SA26-0001/1\nreported_on: 2026-03-02\n"})
    (book / "claims/2026/CL26-0001.verdict-1.json").write_bytes(b"{ }\n")
    assert run(["renumber", "CL26-0001"]) == 0
    assert not (book / "claims/2026/CL26-0001.verdict-1.json").exists()
    assert (book / "claims/2026/CL26-0002.verdict-1.json").read_bytes() == b"{ }\n"


def test_a_dry_run_says_it_and_writes_nothing(book: Path, capsys: Capture) -> None:
    """The same answer, told as what would be."""
    assert run(["renumber", "SA26-0001", "--dry-run", "--format", "json"]) == 0
    row = {"id": "SA26-0002", "kind": "sale", "formerly": "SA26-0001", "side": None}
    assert json.loads(capsys.readouterr().out) == [row | {"changed": ["VI26-0001"], "unsure": []}]
    assert run(["renumber", "SA26-0001", "--dry-run"]) == 0
    assert "SA26-0001 would be SA26-0002" in capsys.readouterr().err
    assert git(book, "status", "--short") == ""


def test_a_copy_of_a_file_becomes_a_record_of_its_own(book: Path, capsys: Capture) -> None:
    """Copied to save typing, its id forgotten: the copy gets the number of its name, references stay with the first."""
    put(book, **{"sales_2026_SA26-0002": text(book, SALE).replace("2026-03-02", "2026-03-01")})
    assert run(["check", "book"]) == 3
    assert run(["renumber", "SA26-0002"]) == 0
    assert "formerly" not in text(book, "sales/2026/SA26-0002.yaml")
    assert "SA26-0001/1" in text(book, "visits/2026/VI26-0001.yaml")
    capsys.readouterr()
    assert run(["check", "book"]) == 0


def test_a_file_named_otherwise_takes_its_references_along(book: Path) -> None:
    """Nobody else has the id that it says, so whoever names that id means it."""
    (book / SALE).rename(book / "sales/2026/SA26-0007.yaml")
    assert run(["renumber", "SA26-0007"]) == 0
    assert text(book, "sales/2026/SA26-0007.yaml").endswith("formerly: [SA26-0001]\n")
    assert "SA26-0007/1" in text(book, "visits/2026/VI26-0001.yaml")
    assert run(["check", "book"]) == 0


def test_a_twin_is_named_by_its_file(book: Path) -> None:
    """A second file with the id of another, of which only one can be named so: the path says which is meant."""
    (book / "sales/2026/sa26-0001.yaml").write_text(text(book, SALE), encoding="utf-8")
    assert run(["renumber", "sales/2026/sa26-0001.yaml"]) == 0
    assert not (book / "sales/2026/sa26-0001.yaml").exists()
    assert text(book, "sales/2026/SA26-0002.yaml").startswith("id: SA26-0002\n")
    assert run(["check", "book"]) == 0


def test_check_tells_of_the_command(merging: Path, capsys: Capture) -> None:
    """Who sees the marks is told what parts the two records, once for each file."""
    assert run(["check", "book"]) == 3
    lines = capsys.readouterr().out.splitlines()
    hints = [line for line in lines if "aftercare renumber" in line]
    assert [line.split()[0] for line in hints] == [f"{CUSTOMER}:2:", f"{SALE}:4:"]
    assert hints[0].endswith("two records; part them with: aftercare renumber CU26-0001")


def test_a_merge_of_two_records_with_one_number(merging: Path, capsys: Capture) -> None:
    """The later one gets the next number, with all that its own side wrote of it, and git is left to the operator.

    Without it 李梅's delivery would have gone to 王建国, whose sale has the number now.
    """
    before = git(merging, "rev-parse", "HEAD")
    assert run(["renumber", "CU26-0001"]) == 0
    printed = capsys.readouterr()
    assert printed.out == "CU26-0002\nSA26-0002\n"
    assert ", there CU26-0001 until now, is CU26-0002; CU26-0001 is " in printed.err
    assert ", there SA26-0001 until now, is SA26-0002; SA26-0001 is " in printed.err
    assert "; with it: DE26-0001" in printed.err
    assert printed.err.endswith("conclude the merge with: git commit --no-edit\n")
    assert text(merging, CUSTOMER) == "id: CU26-0001\nname: 王建国\n"
    assert text(merging, "customers/2026/CU26-0002.yaml") == "id: CU26-0002\nname: 李梅\nformerly: [CU26-0001]\n"
    assert text(merging, SALE) == SALE_TEXT.replace("NAME", "王建国")
    assert "customer: CU26-0002  # who bought it" in text(merging, "sales/2026/SA26-0002.yaml")
    assert text(merging, "deliveries/2026/DE26-0001.yaml") == "id: DE26-0001\nsale: SA26-0002\n"
    assert text(merging, "visits/2026/VI26-0001.yaml") == visit("VI26-0001")
    assert git(merging, "rev-parse", "HEAD") == before
    git(merging, "commit", "--no-edit")
    assert git(merging, "status", "--short") == ""
    assert run(["check", "book"]) == 0


def test_a_number_that_two_had_means_the_one_that_has_it(merging: Path, capsys: Capture) -> None:
    """What 王建国 did is not 李梅's, though she once had his number: neither what he bought nor what he was told."""
    put(merging, **{"customers_2026_CU26-0005": "id: CU26-0005\nname: 陈静\n"})
    assert run(["renumber", "CU26-0001"]) == 0
    for file in (merging / SALE, merging / "visits/2026/VI26-0001.yaml"):
        assert "customer: CU26-0001" in file.read_text(encoding="utf-8")
    (merging / "sales/2026/SA26-0002.yaml").unlink()
    (merging / "deliveries/2026/DE26-0001.yaml").unlink()
    capsys.readouterr()
    assert run(["customer", "list", "--prospects", "--format", "ids"]) == 0
    assert capsys.readouterr().out == "CU26-0005\nCU26-0006\n"
    assert run(["show", "CU26-0001", "--format", "ids"]) == 0
    assert capsys.readouterr().out == "CU26-0001\n"
    assert run(["find", "CU26-0001", "--format", "ids"]) == 0
    assert set(capsys.readouterr().out.split()) == {"CU26-0001", "CU26-0006"}


def test_the_side_that_was_later_moves_whichever_side_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seen from the second clone it is our own record that gets another number: both clones come to the same book."""
    one, two = clones(tmp_path)
    git(two, "pull", "-q", "--no-rebase", str(one), "HEAD", fails=True)
    monkeypatch.chdir(two)
    assert run(["renumber", "SA26-0001"]) == 0
    assert "李梅" in text(two, "customers/2026/CU26-0002.yaml")
    assert text(two, "deliveries/2026/DE26-0001.yaml") == "id: DE26-0001\nsale: SA26-0002\n"
    assert text(two, "visits/2026/VI26-0001.yaml") == visit("VI26-0001")


def test_what_may_mean_either_is_named(merging: Path, capsys: Capture) -> None:
    """A record that neither side had names a number that two had: nobody can tell whom it means, and it is said."""
    put(merging, **{"visits_2026_VI26-0002": visit("VI26-0002")})
    assert run(["renumber", "CU26-0001"]) == 0
    said = capsys.readouterr().err
    assert "VI26-0002 names CU26-0001 and may mean either; see which, and say it with: aftercare edit VI26-0002" in said
    assert text(merging, "visits/2026/VI26-0002.yaml") == visit("VI26-0002")


def test_what_both_wrote_alike_of_their_own_customer_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """Both promised their customer the same by the same day: git saw one promise, and 李梅 was never called."""
    one, two = clones(tmp_path)
    promise = "id: PM26-0001\nto: CU26-0001\nwhat: other\nwords: 回电话\ndue: 2026-03-20\n"
    released = "id: PM26-0002\nto: CU26-0001\nwhat: other\nwords: 寄目录\ndue: 2026-03-20\nabout: [SA26-0001/1]\n"
    alike = {"promises_2026_PM26-0001": promise, "promises_2026_PM26-0002": released}
    committed(one, "12:10", **alike)
    committed(two, "12:20", **alike)
    git(one, "pull", "-q", "--no-rebase", str(two), "HEAD", fails=True)
    monkeypatch.chdir(one)
    assert run(["renumber", "CU26-0001"]) == 0
    assert "may mean either" not in capsys.readouterr().err
    assert text(one, "promises/2026/PM26-0001.yaml") == promise
    her = promise.replace("PM26-0001", "PM26-0003").replace("CU26-0001", "CU26-0002")
    assert text(one, "promises/2026/PM26-0003.yaml") == f"{her}formerly: [PM26-0001]\n"
    assert "about: [SA26-0002/1]" in text(one, "promises/2026/PM26-0004.yaml")
    git(one, "commit", "--no-edit")
    assert git(one, "status", "--short") == ""
    assert run(["check", "book"]) == 0


@pytest.mark.parametrize("ours", [b'{"one": 1}', b'{"two": 2}', None])
def test_each_claim_keeps_the_verdict_that_it_was_decided_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ours: bytes | None
) -> None:
    """Beside the claim that moved lay no verdict any more, and beside the other one lay both, with marks of git's."""
    one, two = clones(tmp_path)
    claim = "id: CL26-0001\nunit: SA26-0001/1\nreported_on: 2026-03-02\nfault: {found_on: 2026-03-02, symptom: NAME}\n"
    beside = "claims/2026/CL26-0001.verdict-1.json"
    for root, symptom, verdict in ((one, "漏水", ours), (two, "异响", b'{"two": 2}')):
        put(root, **{"claims_2026_CL26-0001": claim.replace("NAME", symptom)})
        if verdict is not None:
            (root / beside).write_bytes(verdict)
        committed(root, "12:10" if root == one else "12:20")
    git(one, "pull", "-q", "--no-rebase", str(two), "HEAD", fails=True)
    monkeypatch.chdir(one)
    assert run(["renumber", "CL26-0001"]) == 0
    assert (one / beside.replace("0001", "0002")).read_bytes() == b'{"two": 2}'
    assert ((one / beside).read_bytes() if (one / beside).exists() else None) == ours
    git(one, "commit", "--no-edit")
    assert git(one, "status", "--short") == ""
    assert run(["check", "book"]) == 0


def test_a_rebase_whose_later_commits_name_the_number_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """The delivery comes in after the sale has got another number, and would be somebody else's from then on."""
    one, two = clones(tmp_path)
    git(two, "pull", "-q", "--rebase", str(one), "HEAD", fails=True)
    monkeypatch.chdir(two)
    assert run(["renumber", "CU26-0001"]) == 5
    assert capsys.readouterr().err == (
        "aftercare: commits that are still to come name SA26-0001 by this number: deliveries/2026/DE26-0001.yaml\n"
        "merge the two histories instead: git rebase --abort; git merge …\n"
    )


def test_a_rebase_onto_the_later_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    """What is there already moves on, with all that names it; what is still to come keeps its numbers."""
    one, two = clones(tmp_path)
    git(one, "pull", "-q", "--rebase", str(two), "HEAD", fails=True)
    monkeypatch.chdir(one)
    assert run(["renumber", "CU26-0001"]) == 0
    assert "conclude it with: git rebase --continue" in capsys.readouterr().err
    git(one, "rebase", "--continue")
    assert text(one, "visits/2026/VI26-0001.yaml") == visit("VI26-0001")
    assert text(one, "deliveries/2026/DE26-0001.yaml") == "id: DE26-0001\nsale: SA26-0002\n"
    assert run(["check", "book"]) == 0


def test_what_somebody_wrote_into_the_conflict_is_kept(merging: Path, capsys: Capture) -> None:
    """A file in conflict that was worked at by hand gives way to the two records, but its text is set aside."""
    (merging / CUSTOMER).write_text("id: CU26-0001\nname: 王建国和李梅\n", encoding="utf-8")
    assert run(["renumber", "CU26-0001"]) == 0
    kept = f".aftercare/set-aside/2026-03-02T130000/{CUSTOMER}"
    assert f"{CUSTOMER} was changed by hand; what it held is in {kept}" in capsys.readouterr().err
    assert text(merging, kept) == "id: CU26-0001\nname: 王建国和李梅\n"
    assert (merging / kept).stat().st_mode & 0o777 == 0o600


def test_a_command_that_ended_before_git_was_told_goes_on(
    merging: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """Killed between the files and the index: again, and the records do not get a third number."""
    with monkeypatch.context() as killed:
        killed.setattr("aftercare.book.collisions.stage", lambda *_more: None)
        assert run(["renumber", "CU26-0001"]) == 0
    assert git(merging, "ls-files", "--unmerged")
    assert run(["renumber", "CU26-0001"]) == 0
    assert not git(merging, "ls-files", "--unmerged")
    assert sorted(path.name for path in merging.glob("*/2026/[CS]?26*")) == [
        "CU26-0001.yaml",
        "CU26-0002.yaml",
        "SA26-0001.yaml",
        "SA26-0002.yaml",
    ]
    git(merging, "commit", "--no-edit")
    assert git(merging, "status", "--short") == ""


def test_a_dry_run_writes_nothing_and_waits_for_nobody(book: Path, capsys: Capture) -> None:
    """Asked what would be, it waited ten seconds for the lock, and finished what another command had begun."""
    with held(book, "sale add"):
        journal.note(book, [Change("customers/2026/CU26-0009.yaml", None, b"id: CU26-0009\nname: x\n")])
        own = book / ".aftercare"
        before = {path: path.stat().st_mtime_ns for path in [own, *own.iterdir()]}
        assert run(["renumber", "SA26-0001", "--dry-run"]) == 0
        assert {path: path.stat().st_mtime_ns for path in [own, *own.iterdir()]} == before
    assert capsys.readouterr().out == "SA26-0002\n"


def test_a_title_tells_of_no_person(book: Path) -> None:
    """A file named after a customer and their phone: both would have stood in the history for ever."""
    copy = "customers/2026/王建国 12100138000.yaml"
    (book / copy).write_text("id: CU26-0001\nname: 李梅\n", encoding="utf-8")
    assert run(["renumber", copy]) == 0
    assert git(book, "log", "-1", "--format=%s") == "renumber CU26-0002"


def test_what_cannot_be_read_may_name_it(book: Path, capsys: Capture) -> None:
    """A visit with a slip in it went on naming the old number, and once mended it named nobody."""
    file = book / "visits/2026/VI26-0001.yaml"
    file.write_text(f"{file.read_text(encoding='utf-8')}note: [\n", encoding="utf-8")
    before = git(book, "rev-parse", "HEAD")
    assert run(["renumber", "SA26-0001"]) == 5
    said = capsys.readouterr().err
    assert "visits/2026/VI26-0001.yaml:" in said.splitlines()[0]
    assert "SA26-0001 may be named in visits/2026/VI26-0001.yaml, which cannot be read" in said
    assert git(book, "rev-parse", "HEAD") == before
    assert not (book / "sales/2026/SA26-0002.yaml").exists()


def test_a_git_that_is_killed_at_the_index_is_cleared_up(merging: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its lock stayed for ever, since nothing said that it had been ours: no commit could be made by anybody."""
    do = Git.do

    def killed(self: Git, *arguments: str, **given: Any) -> str:
        if arguments[0] == "update-index":
            (merging / ".git/index.lock").touch(mode=0o600)
            raise NotCommitted("git was killed")
        return do(self, *arguments, **given)

    with monkeypatch.context() as patch:
        patch.setattr(Git, "do", killed)
        assert run(["renumber", "CU26-0001"]) == 6
    assert (merging / ".git/index.lock").exists()
    assert run(["renumber", "CU26-0001"]) == 0
    assert not (merging / ".git/index.lock").exists()
