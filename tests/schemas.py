"""``schema/``, from the program's own tables: ``python -m tests.schemas`` (``make schema``)."""

from __future__ import annotations

from pathlib import Path

from aftercare.answers.schemas import schemas
from aftercare.commands import policy_schema

FOLDER = Path(__file__).parent.parent / "schema"


def texts() -> dict[str, str]:
    """What each file holds."""
    return policy_schema.texts(schemas())


def main() -> None:
    """Write the files; those of kinds that are no more are left for git to show."""
    for name, text in texts().items():
        (FOLDER / name).parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
