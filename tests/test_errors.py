"""The errors by topic: each is found under the one name by which it is imported, and only when it is."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from aftercare import errors

FOLDER = Path(errors.__file__).parent


def _made_in(file: Path) -> list[str]:
    return [node.name for node in ast.parse(file.read_text(encoding="utf-8")).body if isinstance(node, ast.ClassDef)]


@pytest.mark.parametrize("file", sorted(FOLDER.glob("[a-z]*.py")), ids=lambda file: file.stem)
def test_every_error_of_a_topic_is_found(file: Path) -> None:
    """An error that its name does not lead to would be a traceback in the place of its sentence."""
    topic = import_module(f"aftercare.errors.{file.stem}")
    made = _made_in(file)
    assert made
    assert [getattr(errors, name) for name in made] == [getattr(topic, name) for name in made]


def test_a_name_that_is_none_is_refused() -> None:
    """As of any module."""
    with pytest.raises(AttributeError, match="NoSuchError"):
        errors.__getattr__("NoSuchError")


def test_a_topic_is_loaded_when_it_is_asked_for() -> None:
    """To make all of them costs every command that ends well."""
    program = "import sys, aftercare.errors as errors; errors.NoBook; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    topics = [name for name in done.stdout.split() if name.startswith("aftercare.errors.")]
    assert topics == ["aftercare.errors.base", "aftercare.errors.files"]
