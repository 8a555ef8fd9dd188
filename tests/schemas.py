"""``schema/``, from the program's own tables: ``python -m tests.schemas`` (``make schema``)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from aftercare.policies.authoring.json_schema import documents

FOLDER = Path(__file__).parent.parent / "schema"


def texts() -> dict[str, str]:
    """What each file holds."""
    return {name: written(found) for name, found in documents().items()}


def written(found: dict[str, Any]) -> str:
    """A schema as its file holds it."""
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    """Write the files; those of kinds that are no more are left for git to show."""
    for name, text in texts().items():
        (FOLDER / name).parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
