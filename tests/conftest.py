"""What all tests share: the flag that rewrites the console sessions, and English to begin with."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest
from hypothesis import settings

from aftercare import language

# In a shell's background Ctrl-C is switched off, and would be for all that tests start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# A slow machine is no fault of the code, and what is landed is judged by the same examples each time.
settings.register_profile("anywhere", deadline=None)
settings.register_profile("landing", deadline=None, derandomize=True)
settings.load_profile("landing" if os.environ.get("CI") else "anywhere")


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
