"""Lines of law as packs write them."""

from __future__ import annotations

import pytest

from tests.policies.made_laws import faults_of, laws, made_law


@pytest.mark.parametrize(
    ("old", "new", "code", "path"),
    [
        ("choice: shop", "choice: maker", "choice", "lines.4.choice"),
        ("choice: shop", "fee: {daily_percent: {goods: rate}}", "shape", "lines.4.fee"),
        ("choice: shop", "fee: {from: liable}", "shape", "lines.4.fee"),
        ("choice: shop", "liable: nobody", "choice", "lines.4.liable"),
        ("choice: shop", "effect: open", "choice", "lines.4.effect"),
        ("choice: shop", "instead_of: [nothing]", "choice", "lines.4.instead_of.1"),
        ("choice: shop", "proof: trader", "choice", "lines.4.proof"),
        ("[rescind]", "[Rescind!]", "choice", "lines.3.grants.1"),
        ("id: back", "id: first", "repeated", "lines.3.id"),
        ('cite: {made: "1"}', 'cite: {maed: "1"}', "choice", "lines.1.cite.maed"),
        ("repairs_done: {over: 1}", "repairs_done: {}", "shape", "lines.2.when.repairs_done"),
        ("repairs_done: {over: 1}", "repairs_done: {over: x}", "number", "lines.2.when.repairs_done.over"),
        ("repairs_done: {over: 1}", "channel: {over: 1}", "number", "lines.2.when.channel"),
        ("repairs_done: {over: 1}", "replacements: [one]", "shape", "lines.2.when.replacements"),
        ("exclusions: [misuse]", "exclusions: [misused]", "choice", "lines.2.unless.1.exclusions.1"),
        ("same_model_available: no", "same_model_available: perhaps", "choice", "lines.6.when.same_model_available"),
        ("same_model_available: no", "category: [fridge-o]", "category", "lines.6.when.category.1"),
    ],
)
def test_what_a_line_cannot_be(old: str, new: str, code: str, path: str) -> None:
    """Each fault names the path at which it stands."""
    assert [(found, message.partition(": ")[0]) for found, message in faults_of(old, new)] == [(code, path)]


def test_a_line_of_law_cites() -> None:
    """A line of a statute without an article is a fault."""
    assert [code for code, _message in faults_of(', cite: {made: "1"}', "")] == ["missing"]


def test_a_line_depends_on_all_windows_it_names() -> None:
    """Those of its conditions, its alternatives, its proof and its fee."""
    lines = {line.line: line for pack in laws() for line in pack.law.lines}
    assert set(lines["made-law/first"].windows) == {"liable", "presumed"}
    assert set(lines["cn-1995-general/art8"].windows) == {"whole", "main_part"}
    assert lines["cn-1995-general/art13-fee"].windows == ["whole"]


def test_an_entitlement_is_no_remedy() -> None:
    """What other lines are given on is granted, and is nothing that a customer can have."""
    line = next(line for line in made_law().law.lines if line.id == "twice")
    assert (line.grants, line.remedies) == (("second_tier",), ())
