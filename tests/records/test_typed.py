"""From a tree of texts to a record, with every fault in words."""

from __future__ import annotations

from contextlib import suppress

import pytest

from aftercare.plain.tree import Tree
from aftercare.records.claim import Claim
from aftercare.records.customer import Customer
from aftercare.records.delivery import Delivery
from aftercare.records.fields import PartOfLine
from aftercare.records.kinds import MODELLED
from aftercare.records.typed import Misfit, Mistyped, Setting, typed

SALE: dict[str, Tree] = {"id": "SA26-0001", "customer": "CU26-0001", "sold_on": "2026-03-03"}


def _misfits(kind: str, tree: dict[str, Tree]) -> list[Misfit]:
    with pytest.raises(Mistyped) as caught:
        typed(kind, tree, Setting())
    return caught.value.misfits


@pytest.mark.parametrize(
    ("more", "path", "code"),
    [
        ({"sold_on": "3 March"}, ("sold_on",), "date"),
        ({"sold_on": "2026-02-30"}, ("sold_on",), "date"),
        ({"sold_on": None}, ("sold_on",), "missing"),
        ({"channel": "shouting"}, ("channel",), "choice"),
        ({"items": "chairs"}, ("items",), "shape"),
        ({"items": [{"product": "PR26-0001", "qty": "0"}]}, ("items", 0, "qty"), "number"),
        ({"items": [{"product": "PR26-0001", "price": "cheap"}]}, ("items", 0, "price"), "amount"),
        ({"items": [{"product": "PR26-0001", "taken": "perhaps"}]}, ("items", 0, "taken"), "yes-no"),
        ({"items": [{"qty": "1"}]}, ("items", 0, "product"), "missing"),
        ({"items": ["chairs"]}, ("items", 0), "shape"),
        ({"told": {"deliver": {"from": "2026-03-04"}}}, ("told", "deliver", "by"), "missing"),
        ({"told": "tomorrow"}, ("told",), "shape"),
        ({"customer": ["CU26-0001"]}, ("customer",), "shape"),
        ({"customer": {"id": "CU26-0001"}}, ("customer",), "shape"),
    ],
)
def test_what_does_not_fit_is_said_where_it_stands(
    more: dict[str, Tree], path: tuple[str | int, ...], code: str
) -> None:
    """One misfit with its path in the file and a code; the sentence begins with the field."""
    found = _misfits("sale", SALE | more)
    assert [(misfit.path, misfit.code) for misfit in found] == [(path, code)]
    assert str(path[0]) in found[0].sentence


def test_all_misfits_are_collected() -> None:
    """One fault never hides another."""
    found = _misfits("sale", {"id": "SA26-0001", "sold_on": "soon", "channel": "shouting"})
    assert {misfit.path for misfit in found} == {("customer",), ("sold_on",), ("channel",)}


def test_a_choice_names_what_it_may_be() -> None:
    """The operator sees what was written and what may be."""
    (found,) = _misfits("sale", SALE | {"channel": "shouting"})
    assert "shouting" in found.sentence
    assert "door_to_door" in found.sentence


@pytest.mark.parametrize("kind", MODELLED)
def test_an_empty_record_of_any_kind_lacks_what_it_needs(kind: str) -> None:
    """Nothing is a record of a kind without its id."""
    assert ("id",) in {misfit.path for misfit in _misfits(kind, {})}


@pytest.mark.parametrize("kind", MODELLED)
@pytest.mark.parametrize("value", ["x", ["x"], [["x"]], {"x": "y"}, [{"x": "y"}], ["x", None], {"x": {"y": ["z"]}}])
def test_no_shape_of_a_value_is_a_trap(kind: str, value: Tree) -> None:
    """Whatever stands in whatever field, it is a record or refused as misfits, and nothing else breaks."""
    from aftercare.records.kinds import model_of
    from aftercare.records.schema import fields_of

    for field in fields_of(model_of(kind)):
        with suppress(Mistyped):
            typed(kind, {field.name: value}, Setting())


def test_a_key_without_a_value_is_as_good_as_absent() -> None:
    """``note:`` and no note are the same."""
    assert typed("sale", SALE | {"note": None, "items": None}, Setting()) == typed("sale", dict(SALE), Setting())


def test_unknown_keys_are_kept() -> None:
    """A record may hold more than its model knows."""
    assert (typed("sale", SALE | {"colour": "red"}, Setting()).model_extra or {}) == {"colour": "red"}


def test_a_part_of_a_line_is_a_number_or_says_how_many() -> None:
    """``items: [1, {item: 2, qty: 7}]``."""
    tree: dict[str, Tree] = {"id": "DE26-0001", "sale": "SA26-0001", "items": ["1", {"item": "2", "qty": "7"}]}
    found = typed("delivery", tree, Setting())
    assert isinstance(found, Delivery)
    first, second = found.items
    assert first == 1
    assert isinstance(second, PartOfLine)
    assert (second.item, second.qty) == (2, 7)


@pytest.mark.parametrize("item", ["0", "one", {"item": "2"}, {"item": "2", "qty": "none"}])
def test_a_part_that_is_neither_says_where(item: Tree) -> None:
    """The path of a misfit has only keys of the file."""
    found = _misfits("delivery", {"id": "DE26-0001", "sale": "SA26-0001", "items": [item]})
    assert {misfit.path[:2] for misfit in found} == {("items", 0)}
    assert all(step in {"items", 0, "item", "qty"} for misfit in found for step in misfit.path)


@pytest.mark.parametrize(
    ("birthday", "solar", "lunar"),
    [("1958-09-27", "1958-09-27", None), ("--02-29", "--02-29", None), ({"lunar": "八月十五"}, None, "八月十五")],
)
def test_a_birthday_is_by_either_calendar(birthday: Tree, solar: str | None, lunar: str | None) -> None:
    """A plain text is a solar day, with or without its year."""
    found = typed("customer", {"id": "CU26-0001", "name": "王", "birthday": birthday}, Setting())
    assert isinstance(found, Customer)
    assert found.birthday is not None
    assert (found.birthday.solar, found.birthday.lunar) == (solar, lunar)


@pytest.mark.parametrize("birthday", ["八月十五", "--02-30", "1957-02-29x", {"lunar": "十三月一"}, {"solar": "soon"}])
def test_a_day_that_no_calendar_has_is_no_birthday(birthday: Tree) -> None:
    """Refused where it is read, so that the ledger never meets one."""
    found = _misfits("customer", {"id": "CU26-0001", "name": "王", "birthday": birthday})
    assert {misfit.code for misfit in found} == {"date"}


def test_a_time_with_an_offset_is_turned_into_the_shops() -> None:
    """The book's zone decides; without one such a time is refused."""
    tree: dict[str, Tree] = {"id": "CL26-0001", "unit": "SA26-0001/1", "reported_on": "2026-08-05T04:00Z"}
    found = typed("claim", tree, Setting(zone="Asia/Shanghai"))
    assert isinstance(found, Claim)
    assert found.reported_on.isoformat() == "2026-08-05T12:00:00"
    assert [misfit.code for misfit in _misfits("claim", tree)] == ["date"]
