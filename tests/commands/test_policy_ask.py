"""``policy ask``: the questions of a claim, what hinges on each, and how to answer it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.answers.promised import PACK
from tests.commands.promising import opened
from tests.counter import Counter

MORE = PACK + "- {id: care, title: {en: Care, zh: 关照}, grants: [damages], when: {may_rescind: yes}}\n"


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The shop with its own promise."""
    return opened(tmp_path / "book", capsys, monkeypatch)


def test_a_question_says_what_hinges_on_it_and_how_to_answer(counter: Counter) -> None:
    """In the reader's words, with the flag to try it and the command to keep it."""
    lines = counter.done("policy ask CL26-0001").lines
    assert lines[1] == "1. Is the same model in stock?"
    assert "2 remedies hinge on it: exchange for the same model, exchange for another model" in lines[2]
    assert "yes → open: exchange for the same model; closed: exchange for another model" in lines[3]
    assert "no → closed: exchange for the same model; open: exchange for another model" in lines[4]
    assert "--same-model-available yes|no" in lines[5]
    assert lines[6].strip() == (
        "To keep it: aftercare claim set CL26-0001 facts.same_model_available=yes (or no)"
    )  # fmt: skip
    assert len(lines) == 7


def test_the_command_that_it_names_settles_it(counter: Counter) -> None:
    """What is kept is not asked again; with nothing to ask stdout is empty."""
    (row,) = counter.done("policy ask CL26-0001 --format json").json
    assert row["set_with"][-1] == "facts.same_model_available="
    counter.done(" ".join([*row["set_with"][1:-1], f"{row['set_with'][-1]}yes"]))
    printed = counter.done("policy ask CL26-0001")
    assert printed.out == ""
    assert "nothing to ask" in printed.err
    assert counter.done("policy ask CL26-0001 --format json").json == []


def test_the_most_decisive_one_leads(counter: Counter) -> None:
    """Two remedies hang on the stock, one on the purpose of the purchase."""
    counter.write("policies/ours.yaml", MORE)
    assert counter.done("policy ask CL26-0001 --format ids").lines == ["same_model_available", "may_rescind"]
    assert counter.done("policy ask CL26-0001 --limit 1").lines[-1].endswith("(or no)")
    assert counter.done("policy ask CL26-0001 --same-model-available yes --format ids").lines == ["may_rescind"]


def test_a_row_has_every_field(counter: Counter) -> None:
    """For each answer what it settles and what each remedy comes to."""
    (row,) = counter.done("policy ask CL26-0001 --format json").json
    assert set(row) == {
        "id", "kind", "claim", "question", "label", "type", "choices", "remedies", "settles", "answers", "flag",
        "set_with", "where",
    }  # fmt: skip
    assert (row["claim"], row["flag"], row["settles"], row["where"]) == (
        "CL26-0001", "--same-model-available", 2, None,
    )  # fmt: skip
    assert row["answers"][0] == {
        "value": "yes",
        "settles": ["replace", "replace_other_model"],
        "states": {"replace": "open", "replace_other_model": "closed"},
    }


def test_it_asks_in_the_language_of_the_reader(counter: Counter) -> None:
    """The question is the vocabulary's own."""
    assert "同型号有没有货？" in counter.done("policy ask CL26-0001 --lang zh").out


def test_the_other_formats_have_their_header(counter: Counter) -> None:
    """Also where there is nothing to ask."""
    printed = counter.done("policy ask CL26-0001 --same-model-available yes --format csv")
    assert printed.out.startswith("id,kind,claim,question")


def test_wrong_input_is_one_sentence(counter: Counter) -> None:
    """No such claim, no such fact."""
    assert counter("policy ask CL26-0099").code == 4
    assert counter("policy ask CL26-0001 --same-model-available perhaps").code == 2
