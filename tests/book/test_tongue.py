"""The language of a book at a glance: of any book, broken or strange, and never an error."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from aftercare.book.settings import settings_of
from aftercare.book.tongue import language_at

NOTHING: dict[str, str] = {}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("language: zh\n", "zh"),
        ("shop: 阳光家电\r\nlanguage: 'en'\r\n", "en"),
        ('country: CN\nlanguage: "zh" # ours', "zh"),
        ("shop: [\nlanguage: zh\n", "zh"),
        ("shop: 阳光家电\n", ""),
        ("language: fr\n", ""),
        ("# language: zh\n", ""),
        ("shop:\n  language: zh\n", ""),
        ("language: zhou\n", ""),
        ("", ""),
    ],
)
def test_what_a_book_plainly_says_is_seen(tmp_path: Path, text: str, language: str) -> None:
    """A line of its own that says it, and nothing that only looks like it."""
    (tmp_path / "aftercare.yaml").write_bytes(text.encode())
    assert language_at(str(tmp_path), NOTHING) == language


@pytest.mark.parametrize(
    "text", ["language: zh\n", "language: 'en'\n", 'shop: x\nlanguage: "zh" # ours\n', "shop: x\n"]
)
def test_it_says_what_the_settings_say(tmp_path: Path, text: str) -> None:
    """An error may be told before the book is opened or after it: never in two languages."""
    (tmp_path / "aftercare.yaml").write_text(text, encoding="utf-8")
    read, faults = settings_of(text.encode())
    assert not faults
    assert language_at(str(tmp_path), NOTHING) == (read.language or "")


def test_the_book_is_the_one_that_a_command_would_find(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one named, else that of the environment, else the nearest from here upwards."""
    for name, language in (("here", "zh"), ("there", "en")):
        (tmp_path / name / "below").mkdir(parents=True)
        (tmp_path / name / "aftercare.yaml").write_text(f"language: {language}\n", encoding="utf-8")
    there = {"AFTERCARE_BOOK": str(tmp_path / "there")}
    monkeypatch.chdir(tmp_path / "here" / "below")
    assert language_at("", NOTHING) == "zh"
    assert language_at("", there) == "en"
    assert language_at("..", there) == "zh"
    assert language_at(str(tmp_path), NOTHING) == ""


@pytest.mark.parametrize("strange", ["folder", "pipe", "link to nowhere", "large", "no text"])
def test_a_strange_file_says_nothing_and_stops_nobody(tmp_path: Path, strange: str) -> None:
    """Every command looks here first: an error or a pipe that is waited for would be the end of all of them."""
    file = tmp_path / "aftercare.yaml"
    match strange:
        case "folder":
            file.mkdir()
        case "pipe":
            os.mkfifo(file)
        case "link to nowhere":
            file.symlink_to("nowhere")
        case "large":
            file.write_bytes(b"\n" * 2_000_000 + b"language: zh\n")
        case _:
            file.write_bytes(bytes(range(256)))
    assert language_at(str(tmp_path), NOTHING) == ""


@pytest.mark.parametrize("named", ["nowhere", "x" * 5000, "nul\0l", "\udcff"])
def test_a_folder_that_is_none_says_nothing(named: str) -> None:
    """What is wrong with it is said by whoever needs the book."""
    assert language_at(named, NOTHING) == ""
