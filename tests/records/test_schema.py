"""Walking a model: its fields as the command line sees them, the leaves of a record, its unknown keys."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from aftercare.records.base import Record
from aftercare.records.kinds import MODELLED, model_of
from aftercare.records.names import BY_NAME, BY_PREFIX, KINDS
from aftercare.records.schema import Path, field_at, fields_of, leaves, unknown_keys
from aftercare.records.typed import Setting, typed
from aftercare.records.visit import PURPOSES
from aftercare.records.words import CHANNELS


def _all_models(model: type[BaseModel]) -> set[type[BaseModel]]:
    parts = {field.part for field in fields_of(model) if field.part}
    return {model}.union(*(_all_models(part) for part in parts))


@pytest.mark.parametrize("kind", MODELLED)
def test_every_field_is_explained(kind: str) -> None:
    """Flags, help and docs are made from the sentence of a field; none is without one, however deep."""
    for model in _all_models(model_of(kind)):
        assert [field.name for field in fields_of(model) if not field.about.sentence] == []


@pytest.mark.parametrize("kind", MODELLED)
def test_every_model_says_what_it_is_and_how_it_is_typed(kind: str) -> None:
    """A summary of fields that exist, an example of its own noun, a main date that is a fact."""
    model = model_of(kind)
    assert model.example.startswith(f"aftercare {kind} add ")
    assert all(field_at(model, tuple(name.split("."))) for name in model.summary)
    main = field_at(model, (model.main_date,)) if model.main_date else None
    assert main is None or main.is_fact
    assert next(field.name for field in fields_of(model)) == "id"


def test_kinds_have_two_letters_and_a_folder_of_their_own() -> None:
    """An id says its kind, and no two kinds lie in one place."""
    assert len({kind.prefix for kind in KINDS}) == len({kind.folder for kind in KINDS}) == len(KINDS)
    assert BY_PREFIX["SA"] is BY_NAME["sale"]
    assert set(MODELLED) <= set(BY_NAME)


def test_a_field_named_after_a_python_word_has_its_own_name_in_the_file() -> None:
    """``in``, ``from`` and ``for`` are written as such."""
    repair = field_at(model_of("claim"), ("repairs", 0, "in"))
    assert repair is not None
    assert (repair.name, repair.attribute, repair.required, repair.is_fact) == ("in", "in_", True, True)


@pytest.mark.parametrize(
    ("kind", "path", "shape"),
    [
        ("sale", ("sold_on",), "one"),
        ("sale", ("items",), "many"),
        ("sale", ("items", 0), "many"),
        ("sale", ("items", 0, "told", "deliver", "by"), "one"),
        ("visit", ("answers",), "named"),
        ("visit", ("answers", "use"), "named"),
        ("customer", ("address", "text"), "one"),
    ],
)
def test_a_path_leads_to_its_field(kind: str, path: Path, shape: str) -> None:
    """Positions in lists and names in groups are passed over."""
    found = field_at(model_of(kind), path)
    assert found is not None
    assert found.shape == shape


@pytest.mark.parametrize(
    ("kind", "path"), [("sale", ("colour",)), ("sale", ("sold_on", "year")), ("sale", ("items", 0, "colour"))]
)
def test_a_path_that_leads_nowhere_has_no_field(kind: str, path: Path) -> None:
    """An unknown key, or one below a plain value."""
    assert field_at(model_of(kind), path) is None


def test_a_field_knows_its_choices_and_references() -> None:
    """Closed lists and references are read off the type."""
    visit = model_of("visit")
    purpose, channel, about = (field_at(visit, (name,)) for name in ("purpose", "channel", "about"))
    assert purpose is not None
    assert channel is not None
    assert about is not None
    assert purpose.choices == PURPOSES
    assert set(channel.choices) == set(CHANNELS)
    assert about.refers is not None
    assert "unit" in about.refers.kinds
    items = field_at(model_of("delivery"), ("items",))
    assert items is not None
    assert items.part is None


def _sale() -> Record:
    return typed(
        "sale",
        {
            "id": "SA26-0001",
            "customer": "CU26-0001",
            "sold_on": "2026-03-03",
            "colour": "red",
            "items": [{"product": "PR26-0001", "price": "3299.00", "size": "L"}, {"product": "PR26-0002"}],
            "told": {"deliver": {"by": "2026-03-04T18:00", "mood": "good"}},
        },
        Setting(),
    )


def test_leaves_are_what_a_record_holds() -> None:
    """Every value with its path in the file; what is absent is left out."""
    assert [".".join(map(str, leaf.path)) for leaf in leaves(_sale())] == [
        "id",
        "customer",
        "sold_on",
        "items.0.product",
        "items.0.price",
        "items.1.product",
        "told.deliver.by",
    ]


def test_unknown_keys_are_named_wherever_they_stand() -> None:
    """At the top, in a list, in a group: ``check`` names each."""
    assert set(unknown_keys(_sale())) == {("colour",), ("items", 0, "size"), ("told", "deliver", "mood")}
