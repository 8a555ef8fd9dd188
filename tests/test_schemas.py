"""``schema/``: current, true of everything that ships, and as strict as the readers."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator, ValidationError

from aftercare.answers.importing.mapfile import wanted_of
from aftercare.answers.schemas import files_of_a_book
from aftercare.answers.schemas import schemas as documents
from aftercare.errors import InvalidInput
from aftercare.plain.reading import read
from aftercare.policies import vocabulary
from aftercare.policies.authoring.cases import read_cases
from aftercare.policies.pack import read_pack
from aftercare.policies.shape import Complaint, Node
from aftercare.records.kinds import MODELLED
from aftercare.records.names import BY_NAME
from tests import schemas
from tests.marketplaces import BY_ESTIMATE_MAPPING, BY_WAREHOUSE_MAPPING, SUPPLY_CHAIN_MAPPING

ROOT = Path(__file__).parent.parent
PACKS = [*sorted((ROOT / "aftercare/policies/packs").glob("*.yaml")), *sorted((ROOT / "data/policies").glob("*.yaml"))]
MAPPINGS = sorted((ROOT / "aftercare/policies/mappings").glob("*.yaml"))
CASES = sorted((ROOT / "tests/cases").glob("*.yaml"))
JUNK = "zz_no_such_key"


@cache
def _schema(name: str) -> Any:
    return Draft202012Validator(documents()[f"{name}.schema.json"])


def _tree(path: Path) -> Any:
    return read(path.read_bytes(), path.name)


def _wrong(name: str, tree: Any) -> list[str]:
    return [f"{list(error.absolute_path)} {error.message[:200]}" for error in _schema(name).iter_errors(tree)]


class _Editor(yaml.CSafeLoader):
    """YAML 1.2 as an editor reads it: with numbers, true and false, and with days as texts."""


_Editor.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in rows
        if not tag.endswith(":timestamp") and (first in "tTfF" or not tag.endswith(":bool"))
    ]
    for first, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _as_an_editor_reads(path: Path) -> Any:
    found: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=_Editor)  # noqa: S506 - a safe loader
    return found


def test_the_files_are_current() -> None:
    """``make schema`` would change nothing."""
    files = {str(file.relative_to(schemas.FOLDER)): file for file in schemas.FOLDER.rglob("*.json")}
    assert {name: file.read_text(encoding="utf-8") for name, file in files.items()} == schemas.texts()


@pytest.mark.parametrize("name", sorted(documents()))
def test_each_is_a_schema(name: str) -> None:
    """Each file is a schema of the draft that it names."""
    Draft202012Validator.check_schema(documents()[name])


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_every_pack_that_ships_is_valid(path: Path) -> None:
    """No schema refuses a pack that the program reads, however its scalars were read."""
    assert _wrong("pack", _tree(path)) == []
    assert _wrong("pack", _as_an_editor_reads(path)) == []


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_file_of_cases_is_valid(path: Path) -> None:
    """No schema refuses a case that the program reads."""
    assert _wrong("case", _tree(path)) == []
    assert _wrong("case", _as_an_editor_reads(path)) == []


def _mappings_of_pages() -> Iterator[tuple[str, str]]:
    """The YAML blocks of the pages that are mappings: they have columns, or what else only a mapping has."""
    for page in sorted((ROOT / "docs").glob("*.md")):
        for block in re.findall(r"^```yaml\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
            if block.startswith(("kind: ", "columns:")) and "columns:" in block:
                yield page.name, block


def test_every_mapping_is_valid() -> None:
    """No schema refuses a mapping that the program reads: those that ship, and those of the pages and of the tests."""
    of_pages = list(_mappings_of_pages())
    assert {name for name, __ in of_pages} >= {"import.md"}
    made_up = [SUPPLY_CHAIN_MAPPING, BY_ESTIMATE_MAPPING, BY_WAREHOUSE_MAPPING]
    for text in (*(path.read_text(encoding="utf-8") for path in MAPPINGS), *(t for __, t in of_pages), *made_up):
        assert _wrong("mapping", read(text.encode(), "f")) == [], text
        assert _wrong("mapping", yaml.load(text, Loader=_Editor)) == [], text  # noqa: S506 - a safe loader


@pytest.mark.parametrize(
    "text",
    [
        "kind: nobody",
        "colums: {sold_on: date}",
        "columns: {sold_when: date}",
        "{kind: sale, columns: {fault.symptom: what}}",
        "{kind: claim, columns: {sold_on: date}}",
        "columns: {sold_on: {day: x}}",
        "columns: {sold_on: {days: x, after: never}}",
        "{kind: sale, words: {state: {gone: [x]}}}",
        "words: {phone: {a: [x]}}",
        "{kind: sale, lookups: {product: {by: shape}}}",
        "{kind: sale, lookups: {product: {by: sku, else: ask}}}",
        "{kind: claim, lookups: {unit: {by: serial, else: new}}}",
        "{kind: product, lookups: {sold_on: {by: id}}}",
        "dates: d/y/m",
        "decimal: semicolon",
        "currency: dollars",
        "columns: soon",
    ],
)
def test_a_mapping_that_is_none_is_refused(text: str) -> None:
    """What the program refuses of a mapping an editor underlines."""
    tree = read(text.encode(), "f")
    with pytest.raises(InvalidInput):
        wanted_of("claim" if "claim" in text else "product" if "kind: product" in text else "sale", text.encode(), "f")
    assert _wrong("mapping", tree)


def test_another_program_reads_mappings() -> None:
    """check-jsonschema finds nothing in the mappings that ship."""
    from click.testing import CliRunner

    main = import_module("check_jsonschema").main
    files = [str(file) for file in MAPPINGS]
    outcome = CliRunner().invoke(main, ["--schemafile", str(schemas.FOLDER / "mapping.schema.json"), *files])
    assert outcome.exit_code == 0, outcome.output


@pytest.mark.parametrize("kind", MODELLED)
def test_every_record_of_the_sample_shop_is_valid(kind: str) -> None:
    """No schema refuses a record that the program reads."""
    files = sorted((ROOT / "data" / BY_NAME[kind].folder).rglob("*.yaml"))
    assert files
    for file in files:
        assert _wrong(f"records/{kind}", _tree(file)) == []
        assert _wrong(f"records/{kind}", _as_an_editor_reads(file)) == []


def test_another_program_agrees() -> None:
    """check-jsonschema, as a hook of the book or of an editor runs it, finds nothing in the sample shop."""
    from click.testing import CliRunner

    main = import_module("check_jsonschema").main

    for name, pattern in files_of_a_book().items():
        files = [str(file) for file in sorted((ROOT / "data").glob(pattern))][:5]
        assert files, name
        outcome = CliRunner().invoke(main, ["--schemafile", str(schemas.FOLDER / name), *files])
        assert outcome.exit_code == 0, outcome.output


@pytest.mark.parametrize(
    ("tree", "valid"),
    [
        ({"shop": "阳光家电", "git": "yes", "opening": "9:00-18:00"}, True),
        ({"shop": {"name": "a"}, "git": True, "opening": {"mon": "9:00-18:00"}, "begins_on": "2026-03-01"}, True),
        ({"closed": "2026-03-01"}, False),
        ({"language": "latin"}, False),
        ({"git": "perhaps"}, False),
        ({"begins_on": "soon"}, False),
    ],
)
def test_settings(tree: Any, valid: bool) -> None:
    """What ``aftercare.yaml`` may say; a wrong word is found as it is typed."""
    assert (not _wrong("settings", tree)) is valid


@pytest.mark.parametrize(
    ("kind", "tree"),
    [
        ("claim", {"id": "CL26-0001", "reported_on": "2026-08-05"}),
        ("claim", {"id": "CL26-0001", "unit": "SA26-0001/1", "reported_on": "soon"}),
        ("sale", {"id": "SA26-0001", "customer": "CU26-0001", "sold_on": "2026-03-03", "items": "kettle"}),
        ("customer", {"id": "CU26-0001", "name": "王建国", "needs": ["rich"]}),
        ("visit", {"id": "VI26-0001"}),
    ],
)
def test_a_record_that_is_none_is_refused(kind: str, tree: Any) -> None:
    """What is missing, or is no day, no list, no known word, is found by the schema too."""
    assert _wrong(f"records/{kind}", tree)


def test_what_was_removed_needs_no_more_than_its_id() -> None:
    """A record that was taken out keeps its number, and little else."""
    assert _wrong("records/sale", {"id": "SA26-0001", "removed": {"on": "2026-03-03"}}) == []


def test_short_forms_are_valid() -> None:
    """What may be written in two ways may be so in the schema: a birthday, one reading of a text, an empty value."""
    known = {"id": "CU26-0001", "name": "王建国"}
    birthdays: list[dict[str, Any]] = [{"birthday": "1958-09-27"}, {"birthday": {"lunar": "八月十五"}}]
    for more in (*birthdays, {"note": None}, {"phones": [13800138000]}):
        assert _wrong("records/customer", known | more) == []


@pytest.mark.parametrize(
    "edit",
    [
        {"issuer": "nobody"},
        {"id": "Not A Name"},
        {"checked_on": "soon"},
        {"checked_on": None, "issuer": "statute"},
        {"windows": {"whole": {"from": "sold_on", "value": {"soon": {"days": 1}}}}},
        {"windows": {"whole": {"from": "sold_on", "value": {"2026-01-01": {"weeks": 1}}}}},
        {"lines": [{"id": "a", "title": "A", "grants": ["repair"], "when": {"no_such_fact": "yes"}}]},
        {"lines": [{"id": "a", "title": "A", "grants": ["repair"], "when": {"channel": "carrier pigeon"}}]},
        {"lines": [{"id": "a", "title": "A"}]},
    ],
)
def test_a_pack_that_is_none_is_refused(edit: dict[str, Any]) -> None:
    """A pack with a wrong word, a wrong day, an unknown key or fact, or without what it needs is no pack."""
    pack = {"id": "ours", "issuer": "shop", "title": "Ours"}
    assert _wrong("pack", pack) == []
    assert _wrong("pack", pack | edit)


def test_the_schema_knows_the_keys_that_the_reader_of_packs_knows() -> None:
    """In every sort of group a key that the reader refuses the schema refuses too, and both know the same others."""
    for tree, place in _each_sort_of_group(PACKS, _pack_with_one):
        complaints: list[Complaint] = []
        read_pack(Node(tree, (), complaints), "x.yaml", b"").read_law()
        known = _known_to_the_reader(complaint.sentence for complaint in complaints)
        assert _known_to_the_schema("pack", tree, place) == known, place


def test_the_schema_knows_the_keys_that_the_reader_of_cases_knows() -> None:
    """The same of cases; of what the parts of an event are called the reader makes no list."""
    for tree, place in _each_sort_of_group(CASES, _file_with_one):
        data = yaml.safe_dump(tree, allow_unicode=True).encode()
        known = _known_to_the_reader(fault.message for fault in read_cases(data, "x.yaml").faults)
        if place[-1:] == ("facts",):  # what is reckoned from other facts is not said
            known = {name for name, fact in vocabulary.facts().items() if not fact.measured}
        assert known is None or _known_to_the_schema("case", tree, place) == known, place


_Place = tuple[str | int, ...]


def _each_sort_of_group(files: list[Path], alone: Callable[[Any, _Place], tuple[Any, _Place]]) -> Iterator[Any]:
    """A tree with a key too many, and the place of the group that has it; one for each sort of group."""
    seen: set[_Place] = set()
    for file in files:
        whole = _tree(file)
        for place in _groups(whole):
            sort = _sort(place)
            if sort not in seen:
                seen.add(sort)
                tree, at = alone(whole, place)
                group = tree
                for step in at:
                    group = group[step]
                group[JUNK] = "x"
                yield tree, at


def _groups(tree: Any, place: _Place = ()) -> Iterator[_Place]:
    if isinstance(tree, dict):
        yield place
    rows = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for step, value in rows:
        yield from _groups(value, (*place, step))


def _sort(place: _Place) -> _Place:
    """The place without numbers, days and the free names of windows, goods and sources."""
    free = {"windows", "goods", "sources", "questions", "when", "any", "unless", "until"}
    return tuple(
        "*" if isinstance(step, int) or step[:1].isdigit() or (at and place[at - 1] in free) else step
        for at, step in enumerate(place)
    )


def _pack_with_one(whole: Any, place: _Place) -> tuple[Any, _Place]:
    """The pack with nothing but its manifest, what its lines rest on, and the one entry of the place."""
    always = ("id", "issuer", "title", "in_force", "checked_on", "sources", "questions", "counting")
    tree = copy.deepcopy({key: whole[key] for key in always if key in whole})
    if not place or place[0] in always:
        return tree, place
    section = copy.deepcopy(whole[place[0]])
    if isinstance(section, list) and len(place) > 1:
        return {**tree, place[0]: [section[int(place[1])]]}, (place[0], 0, *place[2:])
    return {**tree, place[0]: section}, place


def _file_with_one(whole: Any, place: _Place) -> tuple[Any, _Place]:
    if len(place) < 2:
        return copy.deepcopy({"cases": whole["cases"][:1]}), place
    return copy.deepcopy({"cases": [whole["cases"][int(place[1])]]}), ("cases", 0, *place[2:])


def _known_to_the_reader(sentences: Iterable[str]) -> set[str] | None:
    """The keys that the reader names where it refuses ours; None: any key may stand there."""
    for sentence in sentences:
        if f"nothing here is called “{JUNK}”" in sentence:
            return set(sentence.split("known are ")[1].split(", "))
        if f"no fact is called “{JUNK}”" in sentence:
            return {"within", "after", *vocabulary.facts()}
    return None


def _known_to_the_schema(name: str, tree: Any, place: _Place) -> set[str] | None:
    for error in _all(_schema(name).iter_errors(tree)):
        if error.validator == "additionalProperties" and tuple(error.absolute_path) == place:
            assert isinstance(error.schema, dict)
            return set(error.schema["properties"])
    return None


def _all(errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
    for error in errors:
        yield error
        yield from _all(error.context)
