"""The tree of who brought whom."""

from __future__ import annotations

from aftercare.answers import family
from aftercare.answers.affairs import affairs_of
from aftercare.answers.family import Node
from tests.answers.shop import BUYER, record, shelf


def _person(number: int, by: int = 0) -> str:
    return record(f"CU26-{number:04}", referred_by=f"CU26-{by:04}" if by else "")


def _told(nodes: list[Node]) -> list[tuple[str, tuple[bool, ...]]]:
    return [(node.affairs.customer.id[-1], node.last) for node in nodes]


PEOPLE = (_person(1), _person(2, 1), _person(3, 1), _person(4, 2), _person(5), _person(6, 5), _person(7))


def test_each_stands_before_those_whom_they_brought() -> None:
    """In the order of their ids; who brought nobody and came alone is in no tree."""
    people = affairs_of(shelf(*PEOPLE))
    assert _told(family.tree(people)) == [
        ("1", ()),
        ("2", (False,)),
        ("4", (False, True)),
        ("3", (True,)),
        ("5", ()),
        ("6", (True,)),
    ]
    assert _told(family.tree(people, "CU26-0002")) == [("2", ()), ("4", (True,))]
    assert _told(family.tree(people, "CU26-0007")) == [("7", ())]


def test_a_circle_has_an_end() -> None:
    """Those who are said to have brought each other stand beside each other, with what else hangs on them."""
    people = affairs_of(shelf(_person(1, 3), _person(2, 1), _person(3, 2), _person(4, 2), _person(5, 5)))
    assert _told(family.tree(people)) == [("1", ()), ("2", ()), ("4", (True,)), ("3", ()), ("5", ())]


def test_a_long_line_is_no_trouble() -> None:
    """However often one brought the next."""
    long = [_person(1), *(_person(number, number - 1) for number in range(2, 1500))]
    found = family.tree(affairs_of(shelf(*long)), BUYER)
    assert (len(found), found[-1].depth) == (1499, 1498)
