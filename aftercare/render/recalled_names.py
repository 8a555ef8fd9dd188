"""How the records of a book are called in lines about promises, by its index: no record is typed for it."""

from __future__ import annotations

from collections.abc import Callable

from aftercare.book.index.indexed import Indexed
from aftercare.language import _
from aftercare.render.promises import Names


def names_in(index: Indexed) -> Names:
    """The names that the records give, as :func:`aftercare.render.names.names_of` gives them of a shelf."""

    def customer(record_id: str) -> str:
        tree = index.tree(record_id)
        name = _("(forgotten)") if tree.get("forgotten") else tree.get("name")
        return " ".join(filter(None, (name, next(iter(tree.get("phones") or ()), None))))

    def matter(record_id: str) -> str:
        kind = record_id[:2]
        field = {"CO": "what", "PM": "words"}.get(kind)
        return str(index.tree(record_id).get(field) or "") if field else ""

    person = words_of_person(index)
    return Names(
        customer, lambda record_id: person(record_id).partition(" ")[0], _fields(index, "name", "number"), matter
    )


def words_of_person(index: Indexed) -> Callable[[str], str]:
    """The name and the role of one of our people, by their id."""
    return _fields(index, "name", "role")


def _fields(index: Indexed, *names: str) -> Callable[[str], str]:
    def words(record_id: str) -> str:
        tree = index.tree(record_id)
        return " ".join(str(said) for name in names if (said := tree.get(name)))

    return words
