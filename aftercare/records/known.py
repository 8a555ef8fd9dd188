"""By what people know a record, as far as it says so itself; what others add to it they say themselves."""

from __future__ import annotations

from typing import NamedTuple


class Known(NamedTuple):
    """What one record adds to the words by which it, and what is about it, is known."""

    id: str
    name: str = ""
    """A name or a title; of what somebody said, their words; of points, what they were drawn for."""
    more: str = ""
    """What stands behind the name: a telephone, a role, a model, a number."""
    owner: str = ""
    """The id of the customer whose it is."""
    about: str = ""
    """The id of the sale or unit that it is about: it is known by the words of that."""
    goods: tuple[str, ...] = ()
    """The ids of what was sold, line by line, or of the gift that was given."""
