"""Bugs that hostile files brought to light, each under what it would have cost the operator."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.hostile import good
from tests.hostile.running import run

_PACK = "policies/own.yaml"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The good book."""
    root = tmp_path / "book"
    root.mkdir()
    good.lay(root)
    return root


def test_a_slip_in_a_year_no_longer_hides_what_is_due(book: Path) -> None:
    """A promise kept on 9999-12-31 stopped ``due`` for everybody: its apology would have been owed the day after."""
    text = good.FILES["promises/2026/PM26-0001.yaml"]
    (book / "promises/2026/PM26-0001.yaml").write_text(f"{text}kept_at: 9999-12-31\n", encoding="utf-8")
    (book / "deliveries/2026").mkdir(parents=True)
    (book / "deliveries/2026/DE26-0001.yaml").write_text(
        "id: DE26-0001\nsale: SA26-0001\nsigned: {by: 王建国, at: 9999-12-31}\n", encoding="utf-8"
    )
    for words in (("due", "--within", "60d"), ("balance",), ("check",), ("sale", "owed", "SA26-0001")):
        ran = run(book, *words)
        assert not ran.broke
        assert ran.code in {0, 1}


def test_a_time_with_an_offset_no_longer_ends_every_command(book: Path) -> None:
    """A time on the calendar's first day in a zone ahead of ours was a traceback, whatever was asked."""
    (book / good.CUSTOMER).write_text(
        good.FILES[good.CUSTOMER] + "left: {on: 0001-01-01T00:00+14:00}\n", encoding="utf-8"
    )
    ran = run(book, "product", "list")
    assert (ran.code, ran.broke) == (3, "")
    assert f"{good.CUSTOMER}:6: date " in ran.err


def test_one_pack_that_cannot_be_read_no_longer_puts_the_others_out_of_force(book: Path) -> None:
    """A pipe among the shop's own packs silenced all of them, so that what they promise was not owed any more."""
    (book / "policies").mkdir()
    (book / _PACK).write_text("id: own\nissuer: shop\ntitle: 本店\nplans: []\n", encoding="utf-8")
    os.mkfifo(book / "policies" / "a.yaml")
    listed = run(book, "policy", "list", "--format", "ids")
    assert "own" in listed.out.split()
    assert (listed.code, listed.err.startswith("policies/a.yaml:1: not-a-file ")) == (3, True)


def test_a_record_in_the_wrong_folder_is_no_longer_forgotten_in_silence(book: Path) -> None:
    """A customer saved one folder too high was in no list, and nobody was told."""
    (book / "customers" / "CU26-0002.yaml").write_text("id: CU26-0002\nname: 李四\n", encoding="utf-8")
    ran = run(book, "customer", "list")
    assert (ran.code, ran.err.startswith("customers/CU26-0002.yaml:1: misplaced ")) == (3, True)


def test_a_unit_with_a_zero_before_its_line_is_no_longer_a_claim_about_nothing(book: Path) -> None:
    """SA26-0001/01 passed for a reference, and the claim was in no history and no verdict of SA26-0001/1."""
    (book / good.CLAIM).write_text(good.FILES[good.CLAIM].replace("SA26-0001/1", "SA26-0001/01"), encoding="utf-8")
    ran = run(book, "check", "references")
    assert ran.code == 1
    assert ran.out.startswith(f"{good.CLAIM}:2: reference ")


def test_a_filter_for_a_figure_that_is_none_no_longer_breaks(book: Path) -> None:
    """``--where`` with sNaN compared it as a figure, which ends in an error of arithmetic."""
    for figure in ("sNaN", "NaN", "1e400"):
        ran = run(book, "sale", "list", "--where", f"items.price={figure}", "--format", "ids")
        assert (ran.code, ran.out, ran.broke) == (0, "", "")


def test_a_device_named_for_records_no_longer_fills_the_memory(book: Path) -> None:
    """``--from /dev/zero`` read until the machine had no memory left; a pipe without a writer was waited for for ever."""
    os.mkfifo(book.parent / "pipe")
    assert run(book, "customer", "add", "--from", "/dev/zero").code == 3
    assert run(book, "customer", "add", "--from", str(book.parent / "pipe")).code == 3


def test_a_number_is_no_longer_another_one_than_it_seems(book: Path) -> None:
    """1_000 km was a thousand kilometres, and a distance with twenty decimals was shown with sixteen."""
    for text in ("1_000", "1e3", "٣", "0.12345678901234567890"):
        file = book / good.CUSTOMER
        file.write_text(good.FILES[good.CUSTOMER].replace("1 号}", f"1 号, distance_km: {text}}}"), encoding="utf-8")
        assert run(book, "check", "files").out.startswith(f"{good.CUSTOMER}:4: number ")
