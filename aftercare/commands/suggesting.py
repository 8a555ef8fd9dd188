"""``aftercare import KIND FILE --suggest``: a first mapping from what stands in the file; no book is asked."""

from __future__ import annotations

from aftercare.commands import shipped_mappings
from aftercare.language import _
from aftercare.render.output import put_data, put_json, say


def suggest(kind: str, file: str, data: bytes, map_name: str | None, fmt: str) -> None:
    """Print a mapping that is proposed for a sheet, to be read, corrected and kept; or one that ships, by its name."""
    from aftercare.answers.importing import shipped
    from aftercare.answers.importing.suggesting import suggestion
    from aftercare.plain import sheets
    from aftercare.render import suggested

    if map_name is not None:
        shipped_mappings.print_text(map_name)
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
        put_data("\n".join(suggested.as_yaml(made, file)))
    if made.lacking:
        say(_("no column is known to be {fields}; name it before you import").format(fields=", ".join(made.lacking)))
