"""Every hostile case: the right exit and lines, nothing changed, nothing altered, and the good records still answer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.hostile import good
from tests.hostile.case import GOOD_QUESTIONS, answers, complaints
from tests.hostile.corpus import FAMILIES, corpus, family
from tests.hostile.running import run


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Mapping[tuple[str, ...], str]:
    """What the good book answers by itself."""
    root = tmp_path_factory.mktemp("good")
    good.lay(root)
    return answers(root)


def test_the_good_book_is_good(expected: Mapping[tuple[str, ...], str], tmp_path: Path) -> None:
    """The book into which cases are laid is well itself, and has an answer to each question."""
    good.lay(tmp_path)
    assert run(tmp_path, "check")[1:] == (0, "", "", "")
    assert all(len(expected[words]) > len("[]\n") for words in GOOD_QUESTIONS)


def test_there_are_enough_cases() -> None:
    """The corpus only grows; each case has a name of its own."""
    assert len(corpus()) >= 400


@pytest.mark.parametrize("name", FAMILIES)
def test_family(name: str, tmp_path: Path, expected: Mapping[tuple[str, ...], str]) -> None:
    """What a case says comes true."""
    wrong = []
    for number, case in enumerate(family(name)):
        root = tmp_path / str(number) / "book"
        root.mkdir(parents=True)
        case.lay(root)
        wrong += [f"{name}/{case.name}: {kind}: {story}" for kind, story in complaints(case, root, expected)]
    assert not wrong, "\n\n".join(wrong)
