"""``docs/policies.md``, from which packs are learnt: what it shows is so, and what an author meets is there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from aftercare.commands import policy_check
from aftercare.commands.policy import policy
from aftercare.policies import (
    between,
    clauses,
    conditions,
    goods,
    law,
    lines,
    load,
    pack,
    plans,
    reading_benefits,
    reading_credo,
    reading_plans,
    reading_points,
    reading_windows,
    shape,
)
from aftercare.policies.authoring import cases, lint
from aftercare.policies.load import parse, shipped
from aftercare.records.words import REMEDIES

PAGE = (Path(__file__).parents[2] / "docs" / "policies.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"`([^`\n]+)` \(`([a-z0-9-]+)`\)", PAGE)
NAMED = re.findall(r"`([a-z0-9-]+)` \(((?:[^()`]*`[\w.]+`)+)\)", PAGE)
CALLS = frozenset({"complain", "fault", "Fault", "Loose"})
"""What makes a finding; its code is an argument of its own."""
REFUSING = (
    shape, pack, reading_windows, law, lines, conditions, goods, plans, reading_plans, reading_points, reading_benefits,
    reading_credo, clauses, between, load, cases,
)  # fmt: skip
CODE = re.compile(r"[a-z]+(-[a-z]+)*")


def test_the_page_has_an_example_for_every_row() -> None:
    """The tests below would pass on a page without any."""
    assert len(EXAMPLES) > 80


@pytest.mark.parametrize(("example", "name"), EXAMPLES)
def test_an_example_stands_in_the_pack_it_names(example: str, name: str) -> None:
    """What is shown as true of a shipped pack is copied from it."""
    (found,) = (one for one in shipped() if one.id == name)
    assert example in found.data.decode("utf-8")


@pytest.mark.parametrize(("name", "named"), NAMED)
def test_a_window_that_the_page_names_is_one_of_that_pack(name: str, named: str) -> None:
    """Who looks up a model of time finds it."""
    (found,) = (one for one in shipped() if one.id == name)
    known = {window.name for window in found.law.windows}
    assert set(re.findall(r"`([\w.]+)`", named)) <= known


def test_the_five_models_name_windows() -> None:
    """The test above would pass if nothing were named."""
    assert {"de", "uk", "jp", "cn-1995-general", "maker-warranty"} <= {name for name, __ in NAMED}


def test_the_whole_pack_of_the_page_can_be_used() -> None:
    """The first example of the page has no fault."""
    (example,) = (text for text in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL) if "id: our-promise" in text)
    assert [line.id for line in parse(example.encode(), "our-promise.yaml").law.lines] == ["thirty-days"]


def test_every_code_of_the_check_has_its_row() -> None:
    """An author who reads a code in a terminal finds it here; no row is about a code that nothing says."""
    refusing = {code for module in REFUSING for code in _codes(module.__file__)}
    unwise = {*_codes(lint.__file__), *_codes(policy_check.__file__)}
    first, second = re.findall(r"\| code \| what is (?:wrong|unwise) \|\n\|[-|]+\n((?:\|.*\n)*)", PAGE)
    assert set(_first_cells(first)) == refusing
    assert set(_first_cells(second)) == unwise


def _first_cells(table: str) -> Iterator[str]:
    for row in table.splitlines():
        yield from re.findall(r"`([a-z-]+)`", row.split("|")[1])


def _codes(file: str | None) -> Iterator[str]:
    """The codes in a module: arguments of what makes a finding, and the second of the three that make up a clash."""
    for node in ast.walk(ast.parse(Path(file or "").read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _called(node) in CALLS:
            values = node.args[:3]
        elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple) and len(node.value.elts) == 3:
            values = node.value.elts[1:2]
        else:
            continue
        for value in values:
            if isinstance(value, ast.Constant) and isinstance(value.value, str) and CODE.fullmatch(value.value):
                yield value.value


def _called(node: ast.Call) -> str:
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def test_every_tool_of_the_author_is_named() -> None:
    """No command of ``policy`` is left to be found by chance."""
    beside = {"list", "categories"}
    missing = [name for name in set(policy().table) - beside if f"`policy {name}" not in PAGE]
    assert missing == []


def test_every_remedy_is_named() -> None:
    """Who writes a line has to know them all."""
    assert [name for name in REMEDIES if f"`{name}`" not in PAGE] == []
