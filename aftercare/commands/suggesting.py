"""``aftercare import KIND FILE --suggest``: a first mapping from what stands in the file; no book is asked."""

from __future__ import annotations

import os
from pathlib import Path

from aftercare.commands import shipped_mappings
from aftercare.errors import AftercareError
from aftercare.language import _
from aftercare.render.output import put_data, put_json, say


def suggest(kind: str, file: str, data: bytes, map_name: str | None, fmt: str, book: Path | None) -> None:
    """Print a mapping that is proposed for a sheet, to be read, corrected and kept; or one that ships, by its name.

    In a book an editor finds its schema by the first line.
    """
    from aftercare.answers.importing import shipped
    from aftercare.answers.importing.suggesting import suggestion
    from aftercare.plain import sheets
    from aftercare.render import suggested

    if map_name is not None:
        put_data(schema_line(book) + shipped_mappings.text_of(map_name))
        return
    sheet = sheets.read(data, file)
    known = shipped.recognised(kind, sheet)
    if known:
        sentence = _("this is an export of {of}; a mapping for it ships: --map {name}")
        say(sentence.format(of=known.of, name=known.name))
    made = suggestion(kind, sheet, file)
    if fmt == "json":
        put_json(suggested.as_data(made, file))
    else:
        put_data(schema_line(book) + "\n".join(suggested.as_yaml(made, file)))
    if made.lacking:
        say(_("no column is known to be {fields}; name it before you import").format(fields=", ".join(made.lacking)))


def schema_line(book: Path | None) -> str:
    """The comment by which an editor finds the schema of mappings, which is put into the book; none where it cannot be.

    It leads there from the working folder, which is where a mapping is likely kept.
    """
    from aftercare.answers.importing.map_schema import mapping_schema
    from aftercare.answers.schemas import MAPPING
    from aftercare.book.schema_files import FOLDER, put_in_book
    from aftercare.commands.policy_schema import texts

    if book is None:
        return ""
    try:
        put_in_book(book, texts({MAPPING: mapping_schema()}))
        path = os.path.relpath(book / FOLDER / MAPPING)
    except (AftercareError, OSError, ValueError):
        return ""
    return f"# yaml-language-server: $schema={path}\n" if path.isprintable() else ""
