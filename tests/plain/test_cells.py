"""Cells of spreadsheets: no name is reckoned there, and every name comes back as it was."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aftercare.plain.cells import guarded, unguarded
from aftercare.plain.sheets import read

LIKELY = st.text(alphabet=st.sampled_from("'=+-@ \t\r\n\u3000\u200b＝＋－＠0159.,()aA王"), max_size=8)


@given(st.text() | LIKELY)
@example("'=1")
@example("''0571")
@example("'t Hooft")
@example("-40.00")
def test_every_cell_comes_back_exactly(cell: str) -> None:
    """A Dutch buyer would have lost the quote of his name, or a joker's name gained one, at each export and import."""
    assert unguarded(guarded(cell)) == cell


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+86 138",
        "-1",
        "@A1",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "　＝1",
        "＠SUM(1)",
        "'=1",
        "\u200b=1",
        "\ufeff-2",
    ],
)
def test_no_text_is_reckoned(cell: str) -> None:
    """Whatever a spreadsheet would take for a formula has a quote before it."""
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-40.00", "王建国", "'t Hooft", "O'Neill", "a=b", "13800138000", "", "2026-03-04"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    """A refund's amount is a figure, and names are names."""
    assert guarded(cell) == cell


@pytest.mark.parametrize(
    ("written", "found"),
    [("'=1+1", "=1+1"), ("'+8613800138000", "+8613800138000"), ("'0571-88", "0571-88"), ("'t Hooft", "'t Hooft")],
)
def test_import_takes_off_what_export_put_on(written: str, found: str) -> None:
    """What was exported, opened in a spreadsheet and brought back names the same people."""
    assert read(f"name,phone\n{written},1\n".encode(), "x.csv").rows[1].cells[0] == found
