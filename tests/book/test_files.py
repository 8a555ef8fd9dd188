"""Finding and reading the files of a book."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from aftercare.book import files
from aftercare.errors import CannotRead


def put(root: Path, relative: str, data: bytes = b"id: X\n") -> Path:
    """A file in the book, with its folders."""
    file = root / relative
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return file


def fault_of(root: Path, relative: str) -> str:
    """The code of what is wrong with the file."""
    with pytest.raises(files.Unusable) as caught:
        files.read_bytes(root, relative)
    assert caught.value.fault.file == relative
    assert caught.value.exit_code == 3
    return caught.value.fault.code


def test_bytes_are_read_as_they_are(tmp_path: Path) -> None:
    """Nothing is decoded, stripped or translated."""
    put(tmp_path, "sales/2026/SA26-0001.yaml", b"\xef\xbb\xbfa: \xff\r\n")
    assert files.read_bytes(tmp_path, "sales/2026/SA26-0001.yaml") == b"\xef\xbb\xbfa: \xff\r\n"
    put(tmp_path, "aftercare.yaml", b"")
    assert files.read_bytes(tmp_path, "aftercare.yaml") == b""


def test_a_missing_file_is_missing(tmp_path: Path) -> None:
    """That there is no file, or no folder for it, is no fault of a file."""
    for relative in ("aftercare.yaml", "sales/2026/SA26-0001.yaml"):
        with pytest.raises(FileNotFoundError):
            files.read_bytes(tmp_path, relative)


def test_the_largest_file_is_read_and_a_larger_one_is_not(tmp_path: Path) -> None:
    """One byte over the limit is refused before it is read; a huge hole in a file too."""
    put(tmp_path, "a.yaml", b"x" * files.LIMIT)
    assert len(files.read_bytes(tmp_path, "a.yaml")) == files.LIMIT
    put(tmp_path, "b.yaml", b"x" * (files.LIMIT + 1))
    assert fault_of(tmp_path, "b.yaml") == "too-large"
    os.truncate(tmp_path / "b.yaml", 5 * 1024**3)
    assert fault_of(tmp_path, "b.yaml") == "too-large"


def test_only_ordinary_files_are_read(tmp_path: Path) -> None:
    """A link, a link for a folder, a pipe and a folder are refused, and none of them makes us wait."""
    secret = put(tmp_path, "outside/2026/SA26-0001.yaml")
    book = tmp_path / "book"
    (book / "sales" / "2026").mkdir(parents=True)
    (book / "sales" / "2026" / "link.yaml").symlink_to(secret)
    os.mkfifo(book / "sales" / "2026" / "pipe.yaml")
    (book / "sales" / "2026" / "folder.yaml").mkdir()
    (book / "claims").symlink_to(tmp_path / "outside")
    (book / "sales" / "2025").symlink_to(tmp_path / "outside" / "2026")
    for relative in (
        "sales/2026/link.yaml", "sales/2026/pipe.yaml", "sales/2026/folder.yaml",
        "claims/2026/SA26-0001.yaml", "sales/2025/SA26-0001.yaml", "claims", "sales/2025",
    ):  # fmt: skip
        assert fault_of(book, relative) == "not-a-file"


@pytest.mark.parametrize("relative", ["../x.yaml", "/etc/hostname", "sales/../../x.yaml", "", "a//b", "./a", "a\0b"])
def test_no_path_leads_out_of_the_book(tmp_path: Path, relative: str) -> None:
    """A path that is not plain names all the way is refused."""
    put(tmp_path, "x.yaml")
    (tmp_path / "book").mkdir()
    assert fault_of(tmp_path / "book", relative) == "unreadable"


def test_what_the_system_refuses_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failing disk is a fault of that file and says why."""
    put(tmp_path, "a.yaml")

    def fail(*_: object) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "read", fail)
    with pytest.raises(files.Unusable, match=r"a\.yaml:1: unreadable .*Input/output error"):
        files.read_bytes(tmp_path, "a.yaml")


def test_a_file_is_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that gives a file in pieces, or one that grows while it is read, costs no byte of it."""
    file = put(tmp_path, "a.yaml", b"abcdef")
    real = os.read
    pieces = iter([b"gh", b""])

    def grown(descriptor: int, size: int) -> bytes:
        return real(descriptor, min(size, 4)) or next(pieces)

    monkeypatch.setattr(os, "read", grown)
    assert files.read_bytes(tmp_path, "a.yaml") == b"abcdef"  # all that there was when it was opened
    file.write_bytes(b"")
    assert files.read_bytes(tmp_path, "a.yaml") == b"gh"


def test_a_folder_is_opened_once_for_all_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each file only the file itself is opened; nothing stays open, and its stamp is the one that reading gives."""
    names = [f"sales/{year}/SA{year - 2000}-{number:04}.yaml" for year in (2025, 2026) for number in (1, 2, 3)]
    for name in names:
        put(tmp_path, name)
    opened: list[str] = []
    real = os.open

    def counted(path: str | Path, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        opened.append(str(path))
        return real(path, flags, mode, dir_fd=dir_fd)

    before = len(os.listdir("/dev/fd"))  # noqa: PTH208 - no folder of ours
    monkeypatch.setattr(os, "open", counted)
    with files.Opened(tmp_path) as each:
        stamps = [each.read(name)[0] for name in names]
        assert [each.stamp(name) for name in names] == stamps
    assert len([path for path in opened if path.endswith(".yaml")]) == len(names)
    assert len([path for path in opened if path in {"2025", "2026"}]) == 4  # twice through both years
    monkeypatch.undo()
    assert len(os.listdir("/dev/fd")) == before  # noqa: PTH208
    with files.Opened(tmp_path) as each, pytest.raises(FileNotFoundError):
        each.stamp("sales/2024/SA24-0001.yaml")


def test_scan_finds_records_in_order(tmp_path: Path) -> None:
    """Records of known kinds and years, sorted, and what may be meant as one; hidden and other files are left out."""
    for relative in (
        "sales/2026/SA26-0002.yaml", "sales/2026/SA26-0001.yaml", "sales/2025/SA25-0001.yaml", "claims/2026/odd.yaml",
        "sales/2026/.SA26-0003.yaml.77.tmp", "sales/2026/.hidden.yaml", "sales/2026/note.txt",
        "sales/26/SA26-0001.yaml",
        "sales/loose.yaml", "other/2026/XX26-0001.yaml", ".git/2026/a.yaml",
    ):  # fmt: skip
        put(tmp_path, relative)
    assert list(files.scan(tmp_path)) == [
        "claims/2026/odd.yaml",
        "sales/2025/SA25-0001.yaml",
        "sales/2026/SA26-0001.yaml",
        "sales/2026/SA26-0002.yaml",
        "sales/26/SA26-0001.yaml",
        "sales/loose.yaml",
    ]


def test_scan_passes_nothing_over_in_silence(tmp_path: Path) -> None:
    """A linked file, year or kind is not followed but named, and reading what is named says what is wrong."""
    outside = put(tmp_path, "outside/2026/SA26-0001.yaml")
    book = tmp_path / "book"
    put(book, "sales/2026/SA26-0001.yaml")
    (book / "sales" / "2026" / "SA26-0002.yaml").symlink_to(outside)
    (book / "sales" / "2025").symlink_to(outside.parent)
    (book / "claims").symlink_to(tmp_path / "outside")
    found = list(files.scan(book))
    assert found == ["claims", "sales/2025", "sales/2026/SA26-0001.yaml", "sales/2026/SA26-0002.yaml"]
    assert [fault_of(book, relative) for relative in found if relative != found[2]] == ["not-a-file"] * 3


def test_an_empty_book_has_no_files(tmp_path: Path) -> None:
    """A folder with nothing in it is a book with no records."""
    assert list(files.scan(tmp_path)) == []


def test_numbers_go_up_and_are_not_used_twice(tmp_path: Path) -> None:
    """The next number is one more than the highest of that kind and year, gaps or not."""
    assert files.next_number(tmp_path, "sale", 2026) == 1
    for relative in (
        "sales/2026/SA26-0002.yaml", "sales/2026/SA26-0011.yaml", "sales/2025/SA25-0099.yaml",
        "sales/2026/CU26-0100.yaml",
        "sales/2026/.SA26-0500.yaml.9.tmp", "sales/2026/note.txt", "claims/2026/CL26-12345.yaml",
    ):  # fmt: skip
        put(tmp_path, relative)
    assert files.next_number(tmp_path, "sale", 2026) == 12
    assert files.next_number(tmp_path, "sale", 2025) == 100
    assert files.next_number(tmp_path, "claim", 2026) == 12346
    put(tmp_path, "sales/2026/SA26-0020.yaml.orig")
    assert files.next_number(tmp_path, "sale", 2026) == 21


def test_no_number_without_a_look(tmp_path: Path) -> None:
    """Where the folder cannot be looked into, no number is made up."""
    put(tmp_path, "sales/2026")
    with pytest.raises(CannotRead, match="sales/2026"):
        files.next_number(tmp_path, "sale", 2026)
