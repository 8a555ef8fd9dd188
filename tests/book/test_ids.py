"""Ids: one spelling in files, many at the keyboard, and never a way out of the book."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.book.ids import RecordId, loosely, of_path, parse, path_of, split_unit
from aftercare.records.names import BY_NAME, BY_PREFIX, KINDS

RECORDS = st.builds(RecordId, st.sampled_from(sorted(BY_PREFIX)), st.integers(2000, 2099), st.integers(1, 999_999_999))


def test_kinds_are_distinct() -> None:
    """No two kinds share a name, a prefix or a folder."""
    for column in range(3):
        assert len({kind[column] for kind in KINDS}) == len(KINDS) == 16
    assert BY_NAME["sale"].folder == "sales"


@settings(max_examples=60)
@given(RECORDS)
def test_an_id_reads_back(record: RecordId) -> None:
    """An id written down and a path made of it both lead back to it."""
    assert parse(str(record)) == record
    assert of_path(path_of(record)) == record
    assert loosely(str(record).lower().replace("-", "")) == record


def test_where_a_record_lies() -> None:
    """A record lies in its kind's folder, under its year, and its stem is the id."""
    assert path_of(RecordId("SA", 2026, 12)) == "sales/2026/SA26-0012.yaml"
    assert path_of(RecordId("CU", 2000, 123456)) == "customers/2000/CU00-123456.yaml"


@pytest.mark.parametrize(
    "text",
    ["sa26-0012", "SA26-012", "SA26-00012", "SA26-0000", "XX26-0012", "SA26-0012\n", " SA26-0012", "SA２６-0012",
     "SA26-0012/1", "../SA26-0012", "SA26-0012.yaml", "--SA26-0012", "", "SA26-٠٠١٢", "SA26-1234567890"],
)  # fmt: skip
def test_files_know_one_spelling(text: str) -> None:
    """In a file only the canonical spelling is an id."""
    assert parse(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "SA26-0012",
        "sa26-12",
        "Sa2612",
        "sa26 12",
        "sa26-00000012",
        "ＳＡ２６－００１２",
        " sa26–12 ",
        "sa26_12",
        "sa26 - 12",
    ],
)
def test_a_hand_types_loosely(text: str) -> None:
    """Case, width, zeros and the dash do not matter at the keyboard."""
    assert loosely(text) == RecordId("SA", 2026, 12)


@pytest.mark.parametrize(
    "text", ["sa26", "sa26-0", "xx26-12", "13800138000", "sa26-12/1", "王建国", "", "sa26-12345678901"]
)
def test_other_words_are_no_ids(text: str) -> None:
    """A name, a phone or a number too long for an id is never taken for one."""
    assert loosely(text) is None


@pytest.mark.parametrize(
    ("text", "record", "line"),
    [
        ("SA26-0012/1", "SA26-0012", 1),
        ("sa26-12、3", "sa26-12", 3),
        ("王建国 ／ ２", "王建国", 2),
        ("SA26-0012", "SA26-0012", None),
        ("SA26-0012/0", "SA26-0012/0", None),
        ("SA26-0012/1/call-back.1", "SA26-0012/1/call-back.1", None),
        ("/1", "/1", None),
    ],
)
def test_a_unit_is_a_line_of_a_sale(text: str, record: str, line: int | None) -> None:
    """A number after a slash is the line; anything else is left as it was typed."""
    assert split_unit(text) == (record, line)


@pytest.mark.parametrize(
    "relative",
    ["sales/2026/CU26-0001.yaml", "sales/2025/SA26-0012.yaml", "sales/2026/SA26-0012.yml", "SA26-0012.yaml",
     "sales/2026/../2026/SA26-0012.yaml", "/sales/2026/SA26-0012.yaml", "sales/2026/.SA26-0012.7.tmp"],
)  # fmt: skip
def test_a_misplaced_file_is_no_record(relative: str) -> None:
    """A file in another kind's folder, another year's or elsewhere names no record."""
    assert of_path(relative) is None


@settings(max_examples=200)
@given(st.text(alphabet=st.sampled_from("SACU26-01/\\.~\0\n％ａ"), max_size=16))
def test_no_id_leads_out_of_the_book(text: str) -> None:
    """Whatever passes for an id makes a path of three plain names."""
    for record in (parse(text), loosely(text)):
        if record:
            folder, year, name = path_of(record).split("/")
            assert folder.isalpha()
            assert year.isdigit()
            assert name == f"{record}.yaml"
            assert parse(str(record)) == record
