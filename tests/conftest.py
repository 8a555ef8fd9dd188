"""What all tests share: the flag that rewrites the console sessions, and English to begin with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from aftercare import language


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--update-sessions`` writes what the commands print now into tests/sessions/, to be read before it is kept."""
    parser.addoption(
        "--update-sessions",
        action="store_true",
        default=False,
        help="rewrite the expected output in tests/sessions/*.md with what is printed now",
    )


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Every test begins in English, whatever language the one before it spoke."""
    language.use("en")
    yield
    language.use("en")
