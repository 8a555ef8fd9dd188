"""``attach`` and ``attachments``: files beside a record, by what they hold."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from aftercare.records.enclosures import attached
from tests.counter import FILES, Counter, opened

PHOTO = b"\xff\xd8\xff a dent"
NAMED = hashlib.sha256(PHOTO).hexdigest()
KEPT = f"attachments/{NAMED[:2]}/{NAMED}.jpg"


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop, without git, and a photo beside it."""
    (tmp_path / "book").mkdir()
    counter = opened(tmp_path / "book", capsys, monkeypatch)
    (tmp_path / "dent.JPG").write_bytes(PHOTO)
    return counter


@pytest.fixture
def with_git(counter: Counter) -> Counter:
    """The same, kept by git."""
    counter.write("aftercare.yaml", FILES["aftercare.yaml"].replace("no", "yes"))
    subprocess.run(["git", "init", "--quiet"], cwd=counter.folder, check=True)
    subprocess.run(["git", "add", "-A"], cwd=counter.folder, check=True)
    who = ("-c", "user.name=a", "-c", "user.email=a@b")
    subprocess.run(["git", *who, "commit", "--quiet", "-m", "x"], cwd=counter.folder, check=True)
    return counter


def _kept(counter: Counter) -> list[str]:
    folder = counter.folder / "attachments"
    return sorted(str(file.relative_to(counter.folder)) for file in folder.rglob("*") if not file.is_dir())


def _git(counter: Counter, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=counter.folder, check=True, capture_output=True, text=True).stdout


def test_a_copy_is_kept_by_what_it_holds(counter: Counter) -> None:
    """Its path is printed, and stands in the record with what it is; it is the owner's alone, and nobody runs it."""
    assert counter.done("attach CL26-0001 ../dent.JPG --what 外壳划痕").out == f"{KEPT}\n"
    kept = counter.folder / KEPT
    assert kept.read_bytes() == PHOTO
    assert kept.stat().st_mode & 0o7777 == 0o600
    assert f"{KEPT} 外壳划痕" in counter.text("CL26-0001")
    row = json.loads(counter.done("attachments CL26-0001 --format json").out)
    assert row == [
        {
            "id": "CL26-0001",
            "kind": "claim",
            "file": KEPT,
            "path": str(kept.resolve()),
            "what": "外壳划痕",
            "bytes": len(PHOTO),
            "state": "there",
        }
    ]
    assert KEPT in counter.done("claim show CL26-0001").out
    assert counter.done("check files --verify").out == ""


def test_the_same_content_is_kept_once(counter: Counter, tmp_path: Path) -> None:
    """For another record too, under another name; the same record names it once."""
    shutil.copy(tmp_path / "dent.JPG", tmp_path / "other.png")
    counter.done("attach CL26-0001 ../dent.JPG")
    assert counter.done("attach SA26-0001 ../other.png ../dent.JPG").out == f"{KEPT}\n"
    again = counter.done("attach CL26-0001 ../other.png")
    assert (again.out, "has that already" in again.err) == ("", True)
    assert _kept(counter) == [KEPT]
    assert counter.text("CL26-0001").count(NAMED) == 1


def test_what_is_answered_to_a_program(counter: Counter) -> None:
    """As of every command that writes, with the files; nothing new is an empty list.  A unit stands for its sale."""
    new = counter.done("attach SA26-0001/1 ../dent.JPG --format json").json
    assert new == {"id": "SA26-0001", "kept": [], "promised": [], "attached": [KEPT]}
    assert counter.done("attach sa26-1 ../dent.JPG --format json").json == new | {"attached": []}
    assert counter.done("attachments SA26-0001、1 --format ids").out == "SA26-0001\n"


def test_all_or_none(counter: Counter, tmp_path: Path) -> None:
    """One file that cannot be taken, and nothing is written."""
    before = counter.files()
    assert counter("attach CL26-0001 ../dent.JPG ../none.jpg").code == 2
    assert counter("attach CL26-0099 ../dent.JPG").code == 4
    assert counter.files() == before
    assert _kept(counter) == []


def test_what_is_no_plain_file_is_refused(counter: Counter, tmp_path: Path) -> None:
    """A link, a folder, a pipe, a device, an empty file; none of them makes us wait."""
    (tmp_path / "link.jpg").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "empty.jpg").touch()
    for file in ("../link.jpg", "..", "../pipe.jpg", "/dev/zero", "../empty.jpg"):
        outcome = counter(f"attach CL26-0001 {file}")
        assert (outcome.code, "cannot be attached" in outcome.err) == (2, True), file
    assert counter("attach CL26-0001 'a\0b'").code == 2
    assert _kept(counter) == []


def test_a_large_file_is_asked_for(counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stays in the history for ever, so it is not taken by a slip; what is too large for a note is no trouble."""
    monkeypatch.setattr("aftercare.commands.attaching.MOST", 1)
    film = b"\0" * (3 << 19)
    (tmp_path / "film.mp4").write_bytes(film)
    refused = counter("attach CL26-0001 ../film.mp4")
    assert (refused.code, "--large" in refused.err) == (2, True)
    kept = counter.done("attach CL26-0001 ../film.mp4 --large").out.strip()
    assert (counter.folder / kept).read_bytes() == film
    assert counter.done("check files --verify").out == ""


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("-rf.jpg", "-rf.jpg"),
        ("a\nname: x.jpg", "a name: x.jpg"),
        ("\x1b[2Jmy\u202egpj.exe", "[2Jmy gpj.exe"),
        ("'; rm x; '.jpg", "'; rm x; '.jpg"),
        ("..", None),
        ("=HYPERLINK(1).jpg", "=HYPERLINK(1).jpg"),
        ("长" * 80 + ".jpg", "长" * 80 + ".jpg"),
        ("x" * 240 + ".jpg", "x" * 115 + "….jpg"),
    ],
)
def test_no_name_does_harm(counter: Counter, tmp_path: Path, name: str, said: str | None) -> None:
    """It is words in the record, in one line; the file's own path is made of its content alone."""
    if said is None:
        assert counter("", "attach", "CL26-0001", "--", name).code == 2
        return
    (tmp_path / name).write_bytes(PHOTO)
    counter.done("", "attach", "CL26-0001", "--", f"../{name}")
    row = json.loads(counter.done("attachments CL26-0001 --format json").out)[0]
    assert row["what"] == said
    assert row["file"] == (KEPT if name.endswith(".jpg") else KEPT.removesuffix(".jpg"))
    assert _kept(counter) == [row["file"]]
    assert counter("check files").code == 0


@pytest.mark.parametrize("name", ["a.sh", "a.exe", "a.desktop", "a.html", "a.svg", "a.js", "a.xlsm", "a", ".jpg.lnk"])
def test_an_ending_that_runs_is_left_off(counter: Counter, tmp_path: Path, name: str) -> None:
    """A double click on what a customer sent opens nothing."""
    (tmp_path / name).write_bytes(b"#!/bin/sh\ntouch /tmp/acted\n")
    kept = counter.done(f"attach CL26-0001 ../{name}").out.strip()
    assert "." not in kept
    assert (counter.folder / kept).stat().st_mode & 0o111 == 0


def test_check_finds_what_is_wrong(counter: Counter) -> None:
    """A file that is gone, one that changed (when asked), one that nobody names, and no link is followed."""
    counter.done("attach CL26-0001 ../dent.JPG")
    kept = counter.folder / KEPT
    kept.write_bytes(PHOTO + b"x")
    assert counter("check files").out == ""
    altered = counter("check files --verify")
    assert (altered.code, altered.out.split()[:2]) == (1, [f"{KEPT}:1:", "attachment-altered"])
    assert json.loads(counter("attachments --verify --format json").out)[0]["state"] == "altered"
    kept.unlink()
    gone = counter("check book").out
    assert gone.startswith("claims/2026/CL26-0001.yaml:")
    assert "attachment-missing" in gone
    assert json.loads(counter("attachments --format json").out)[0]["state"] == "missing"
    kept.symlink_to("/etc/passwd")
    assert f"{KEPT}:1: not-a-file" in counter("check files --verify").out
    kept.unlink()
    counter.done("attach CL26-0001 ../dent.JPG")  # put back under the same name
    assert counter("check files --verify").code == 0
    counter.write("claims/2026/CL26-0001.yaml", counter.text("CL26-0001").split("attachments:")[0])
    assert counter("check files").out.startswith(f"{KEPT}:1: attachment-unnamed")
    assert counter("check references").out == ""


def test_files_of_ones_own_are_left_alone(counter: Counter) -> None:
    """Words of one's own in the field, and files of one's own in the folder, are nobody's business."""
    counter.write("attachments/mine.jpg", "x")
    counter.write("attachments/2026/receipt.pdf", "x")
    counter.done("claim set CL26-0001 'attachments+=see the blue folder' attachments+=attachments/mine.jpg")
    assert counter("check files --verify").code == 0
    assert json.loads(counter("attachments --format json").out) == []


def test_a_record_that_cannot_be_read_may_name_it(counter: Counter) -> None:
    """Nobody is told to take away what a broken record names."""
    counter.done("attach CL26-0001 ../dent.JPG")
    counter.write("claims/2026/CL26-0001.yaml", counter.text("CL26-0001") + "\x00")
    assert "attachment" not in counter("check files").out


def test_who_lets_go_of_a_file_sets_it_aside(counter: Counter) -> None:
    """Without git nothing else has it; while another record names it, it stays."""
    counter.done("attach CL26-0001 ../dent.JPG")
    counter.done("attach SA26-0001 ../dent.JPG")
    counter.done("", "claim", "set", "CL26-0001", "attachments=")
    assert _kept(counter) == [KEPT]
    counter.done("", "sale", "set", "SA26-0001", "attachments=")
    assert _kept(counter) == []
    assert [file.read_bytes() for file in (counter.folder / ".aftercare/set-aside").rglob("*.jpg")] == [PHOTO]
    assert counter("check files --verify").code == 0


def test_removing_a_record_takes_its_files(with_git: Counter) -> None:
    """One commit, and undo brings both back."""
    with_git.done("customer add --name 赵一")
    with_git.done("attach CU26-0003 ../dent.JPG")
    with_git.done("customer remove CU26-0003 --yes")
    assert _kept(with_git) == []
    with_git.done("undo")
    assert _kept(with_git) == [KEPT]
    assert (with_git.folder / KEPT).read_bytes() == PHOTO
    assert with_git("check files --verify").code == 0
    assert _git(with_git, "status", "--short") == ""


def test_undo_takes_it_back(with_git: Counter, tmp_path: Path) -> None:
    """One commit for all files; undone, they are gone; undone again, they are there, larger than any record too."""
    (tmp_path / "film.mp4").write_bytes(b"\1" * (3 << 19))
    with_git.done("attach CL26-0001 ../dent.JPG ../film.mp4")
    assert _git(with_git, "log", "-1", "--format=%s") == "claim attach CL26-0001\n"
    both = _kept(with_git)
    assert len(both) == 2
    with_git.done("undo")
    assert _kept(with_git) == []
    with_git.done("", "undo", _git(with_git, "rev-parse", "HEAD").strip())
    assert _kept(with_git) == both
    assert with_git("check files --verify").code == 0
    assert _git(with_git, "status", "--short") == ""


def test_a_forgotten_person_takes_them_along(with_git: Counter, tmp_path: Path) -> None:
    """They may show the person: gone from every record of theirs, and not set aside.

    Git's history is told of, of what they had earlier too, and of nobody else's.
    """
    (tmp_path / "earlier.pdf").write_bytes(b"an invoice")
    (tmp_path / "another.jpg").write_bytes(b"of somebody else")
    earlier = with_git.done("attach CL26-0001 ../earlier.pdf").out.strip()
    with_git.done("attach SA26-0001 ../earlier.pdf")
    with_git.done("", "sale", "set", "SA26-0001", "attachments=")
    with_git.done("", "claim", "set", "CL26-0001", "attachments=")
    with_git.done("attach CU26-0002 ../another.jpg")
    with_git.done("", "customer", "set", "CU26-0002", "attachments=")
    with_git.done("attach CU26-0001 ../dent.JPG")
    told = with_git.done("customer forget CU26-0001 --yes --owing")
    assert NAMED not in with_git.text("CU26-0001")
    assert _kept(with_git) == []
    assert not list((with_git.folder / ".aftercare").rglob("*.jpg"))
    both = " ".join(f"--path {file}" for file in sorted([earlier, KEPT]))
    assert f"git filter-repo --force --invert-paths {both}\n" in told.err
    assert with_git("check files").code == 0


def test_what_was_set_aside_may_be_theirs(counter: Counter) -> None:
    """Nobody can say whose it was; the operator can look."""
    counter.done("attach CU26-0001 ../dent.JPG")
    counter.done("", "customer", "set", "CU26-0001", "attachments=")
    told = counter.done("customer forget CU26-0001 --yes --owing").err
    assert "set aside, and may be theirs: .aftercare/set-aside/" in told
    assert NAMED in told


def test_what_others_name_stays_when_somebody_is_forgotten(counter: Counter) -> None:
    """A photo of the van is not theirs alone; the operator is told."""
    counter.done("attach CU26-0001 ../dent.JPG")
    counter.done("attach CU26-0002 ../dent.JPG")
    counter.write("attachments/x.jpg", "x")
    counter.done("customer set CU26-0001 attachments+=attachments/x.jpg")
    told = counter.done("customer forget CU26-0001 --yes --owing")
    assert f"attached files that others name too, and stay: {KEPT}" in told.err
    assert "files outside the records: attachments/x.jpg" in told.err
    assert (counter.folder / KEPT).exists()


def test_the_doctor_sets_aside_what_nobody_names(counter: Counter) -> None:
    """A killed command may leave one."""
    counter.done("attach CL26-0001 ../dent.JPG")
    counter.write("claims/2026/CL26-0001.yaml", counter.text("CL26-0001").split("attachments:")[0])
    assert "attachment-unnamed" in counter("doctor").out
    counter("doctor --fix")
    assert _kept(counter) == []
    assert len(list((counter.folder / ".aftercare/set-aside").rglob("*.jpg"))) == 1


def test_another_content_in_its_place_is_not_written_over(counter: Counter) -> None:
    """Whoever attaches it again is told that the one there has changed."""
    counter.done("attach CL26-0001 ../dent.JPG")
    (counter.folder / KEPT).write_bytes(b"x")
    again = counter("attach SA26-0001 ../dent.JPG")
    assert (again.code, "attachment-altered" in again.err) == (3, True)
    assert (counter.folder / KEPT).read_bytes() == b"x"


def test_no_link_leads_out_of_the_book(counter: Counter, tmp_path: Path) -> None:
    """In the place of the folder, or of one within it."""
    (tmp_path / "out").mkdir()
    (counter.folder / "attachments").symlink_to(tmp_path / "out")
    assert counter("attach CL26-0001 ../dent.JPG").code == 5
    assert "attachments:1: not-a-file" in counter("check files").out
    (counter.folder / "attachments").unlink()
    (counter.folder / "attachments").mkdir()
    (counter.folder / KEPT).parent.symlink_to(tmp_path / "out")
    assert counter("attach CL26-0001 ../dent.JPG").code == 5
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("index", ["on", "off"])
def test_nobody_is_found_by_a_hash(counter: Counter, monkeypatch: pytest.MonkeyPatch, index: str) -> None:
    """Four figures are the end of a phone; a record is found by what a file is, not by how its copy is named."""
    monkeypatch.setenv("AFTERCARE_INDEX", index)
    counter.done("attach CL26-0001 ../dent.JPG --what 外壳划痕")
    assert counter.done("find 外壳划痕 --format ids").out == "CL26-0001\n"
    assert counter.done("", "find", NAMED[5:9], "--format", "ids").out == ""


def test_entries_are_read_for_ever() -> None:
    """What an entry of ours looks like; anything else is words."""
    known = attached(f"{KEPT} 外壳 划痕")
    assert known == (KEPT, NAMED, "外壳 划痕")
    assert attached(KEPT) == (KEPT, NAMED, "")
    for words in (
        "photo.jpg",
        f"see {KEPT}",
        KEPT.replace(NAMED[:3], "zzz"),
        f"../{KEPT}",
        KEPT + "/..",
        KEPT + "x" * 9,
    ):
        assert attached(words) is None


def test_no_path_leads_out_of_the_book(counter: Counter) -> None:
    """A script that sends away what ``path`` names would have sent what a link in the book points to."""
    counter.done("attach CL26-0001 ../dent.JPG")
    (counter.folder / KEPT).unlink()
    (counter.folder / KEPT).symlink_to("/etc/passwd")
    (row,) = counter.done("attachments CL26-0001 --format json").json
    assert (row["path"], row["state"]) == (str((counter.folder).resolve() / KEPT), "missing")


def test_a_photo_of_a_line_that_is_not_there(counter: Counter) -> None:
    """One figure mistyped filed a customer's photo with the sale all the same, and nobody was told."""
    assert counter("attach SA26-0001/7 ../dent.JPG").code == 4
    assert _kept(counter) == []
    assert counter("attach SA26-0001/1 ../dent.JPG").code == 0


@pytest.mark.parametrize(
    "ref", ["SA26-0001/nonsense", "SA26-0001/", "SA26-0001/1/deliver", "CL26-0001/x", "CL26-0001/1"]
)
def test_what_stands_behind_an_id_is_not_left_unread(counter: Counter, ref: str) -> None:
    """A photo that was meant for another record was filed with the one whose id stood before the slip."""
    refused = counter("", "attach", ref, "../dent.JPG")
    assert (refused.code, refused.out) == (4, "")
    assert ref.partition("/")[0] in refused.err
    assert _kept(counter) == []
    assert counter("", "attachments", ref).code == 4


def test_a_thing_is_its_sale_however_it_is_called(counter: Counter) -> None:
    """By its line, with a Chinese keyboard, by its serial number."""
    for ref in ("SA26-0001/1", "sa26-1、１", "KF35-001"):
        row = counter.done("", "attach", ref, "../dent.JPG", "--format", "json").json
        assert row["id"] == "SA26-0001"
        assert [one["id"] for one in counter.done("", "attachments", ref, "--format", "json").json] == ["SA26-0001"]
    assert counter("", "attachments", "SA26-0001/7").code == 4


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("x" * 501, 2),
        ("a\nattachments: [b]", 2),
        ("a\u2028b", 2),
        ("a\u200bb", 5),
        ("a\u202eb", 5),
        ("a\x1b[2Jb", 5),
        ("e" + "\u0301" * 200, 5),
        ("王" * 500, 0),
        ("👨\u200d👩\u200d👧 =1+1 - #x: 'y'", 0),
    ],
    ids=ascii,
)
def test_what_a_file_is_is_a_line_of_words(counter: Counter, what: str, code: int) -> None:
    """A whole mail pasted behind ``--what`` stood in the record's list, and lines of it passed for other entries."""
    said = counter("", "attach", "CL26-0001", "../dent.JPG", f"--what={what}")
    assert said.code == code, said.err
    entries = [entry["what"] for entry in counter.done("attachments CL26-0001 --format json").json]
    assert entries == ([] if code else [what])
