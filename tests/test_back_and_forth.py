"""Undo is exact: n times back gives every earlier state of the book to the byte, and undoing that the later ones."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings

from tests import back_and_forth
from tests.under_git import clean_environment

_SALE = ["sale", "add", "--name", "赵六", "--phone", "13600136001", "--product", "PR26-0001", "--price", "58"]
_CLAIM = ["claim", "add", "--unit", "SA26-0003/1", "--found-on", "today", "--symptom", "不制冷"]
_REFUSE = ["claim", "refuse", "CL26-0002", "refund", "--reason", "不符合"]


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(back_and_forth.DAYS)
@example([_SALE, _CLAIM, _REFUSE, ["sale", "set", "SA26-0003", "note=x"]])
@example([_SALE, ["sale", "remove", "SA26-0003", "--yes"], ["customer", "remove", "CU26-0003", "--yes"]])
def test_there_and_back(monkeypatch: pytest.MonkeyPatch, day: list[list[str]]) -> None:
    """What a day did is taken back step by step, and brought back again, with nothing amiss in the book at any time.

    An undo that lost a byte, or left a reference that leads nowhere, would cost the operator more than the mistake.
    """
    with tempfile.TemporaryDirectory() as folder:
        clean_environment(Path(folder), monkeypatch)
        root = Path(folder) / "book"
        root.mkdir()
        back_and_forth.begin(root)
        assert back_and_forth.there_and_back(root, day)[1] == []


def test_the_comparison_can_fail(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A change by hand between two steps is found."""
    clean_environment(tmp_path, monkeypatch)
    back_and_forth.begin(tmp_path)
    (tmp_path / "customers/2026/CU26-0001.yaml").write_text("id: CU26-0001\nname: 王建国\n")
    assert "not committed" in back_and_forth.there_and_back(tmp_path, [_SALE])[1]
