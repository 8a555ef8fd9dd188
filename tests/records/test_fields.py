"""The field types that records share: what each takes, and how it is written."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from aftercare.records.fields import Count, Grade, Money, Move, Name, Number, Part, Text, YesNo, may
from aftercare.records.sale import Item, Sale


class _Sheet(Part):
    """One field of each type."""

    text: Text | None = may("a text")
    name: Name | None = may("a name")
    yes: YesNo | None = may("yes or no")
    number: Number | None = may("a number")
    count: Count | None = may("a count")
    grade: Grade | None = may("a grade")
    money: Money | None = may("money")


def _value(field: str, said: Any) -> Any:
    return getattr(_Sheet.model_validate({field: said}), field)


@pytest.mark.parametrize(
    ("field", "said", "value"),
    [
        ("text", "0712345670", "0712345670"),
        ("text", "", ""),
        ("name", " 王 ", " 王 "),
        ("yes", "yes", True),
        ("yes", "No", False),
        ("yes", "是", True),
        ("number", "12.5", Decimal("12.5")),
        ("count", "0012", 12),
        ("grade", "5", 5),
    ],
)
def test_what_fits_is_taken_as_written(field: str, said: str, value: Any) -> None:
    """Texts stay texts; figures and answers become what they mean."""
    assert _value(field, said) == value


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("text", ["a"]),
        ("name", "  "),
        ("yes", "1"),
        ("yes", "maybe"),
        ("number", "-1"),
        ("number", "NaN"),
        ("number", "Infinity"),
        ("number", "1e12"),
        ("number", "12 km"),
        ("count", "0"),
        ("count", "-1"),
        ("count", "1.0"),
        ("count", "12345678"),
        ("count", "三"),
        ("count", "²"),
        ("grade", "0"),
        ("grade", "6"),
        ("grade", "05"),
        ("money", "dear"),
    ],
)
def test_what_does_not_fit_is_refused(field: str, said: Any) -> None:
    """No guess is made of what was meant."""
    with pytest.raises(ValidationError):
        _value(field, said)


def test_figures_are_written_as_people_write_them() -> None:
    """12 and not 12.0; an amount keeps its places; a time has no seconds."""
    written = _Sheet.model_validate({"number": "12.0", "money": "3299.00", "yes": "no"}).model_dump(exclude_none=True)
    assert (written["number"], written["money"], written["yes"]) == (12, "3299.00", False)


@pytest.mark.parametrize(
    ("asked_by", "agreed", "counts"),
    [
        ("customer", None, True),
        ("customer", "yes", True),
        ("customer", "no", False),
        ("shop", None, False),
        ("shop", "yes", True),
        ("shop", "no", False),
    ],
)
def test_a_move_counts_by_consent(asked_by: str, agreed: str | None, counts: bool) -> None:
    """What the customer asks for needs no saying; what we ask for needs a yes."""
    move = Move.model_validate({"to": "2026-03-04", "asked_by": asked_by} | ({"agreed": agreed} if agreed else {}))
    assert move.by_consent is counts


def test_facts_are_frozen() -> None:
    """Nothing changes a record once it is read."""
    with pytest.raises(ValidationError):
        _Sheet.model_validate({"text": "a"}).text = "b"  # type: ignore[misc]


def test_a_line_has_at_least_one_piece() -> None:
    """No quantity is one."""
    assert Item.model_validate({"product": "PR26-0001"}).pieces == 1
    assert Item.model_validate({"product": "PR26-0001", "qty": "12"}).pieces == 12


def test_a_lines_own_times_come_before_the_sales() -> None:
    """Each of the two on its own: a line told only its delivery keeps the sale's installation."""
    sale = Sale.model_validate(
        {
            "id": "SA26-0001",
            "customer": "CU26-0001",
            "sold_on": "2026-03-03",
            "items": [{"product": "PR26-0001", "told": {"deliver": {"by": "2026-03-09"}}}],
            "told": {"deliver": {"by": "2026-03-04"}, "install": {"by": "2026-03-05"}},
        }
    )
    told = sale.told_for(sale.items[0])
    assert told.deliver is not None
    assert told.install is not None
    assert (told.deliver.by.isoformat(), told.install.by.isoformat()) == ("2026-03-09", "2026-03-05")
