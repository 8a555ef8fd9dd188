"""What all tests share: the flag that rewrites the console sessions."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--update-sessions`` writes what the commands print now into tests/sessions/, to be read before it is kept."""
    parser.addoption(
        "--update-sessions",
        action="store_true",
        default=False,
        help="rewrite the expected output in tests/sessions/*.md with what is printed now",
    )
