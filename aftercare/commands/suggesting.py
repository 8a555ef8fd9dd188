"""``aftercare import KIND FILE --suggest``: a first mapping from what stands in the file; no book is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aftercare.language import _
from aftercare.render.output import put_data, put_json, say

if TYPE_CHECKING:
    from aftercare.plain.sheets import Sheet


def suggest(kind: str, sheet: Sheet, file: str, fmt: str) -> None:
    """Print a mapping that is proposed for a sheet, to be read, corrected and kept."""
    from aftercare.answers.importing.suggesting import suggestion
    from aftercare.render import suggested

    made = suggestion(kind, sheet, file)
    if fmt == "json":
        put_json(suggested.as_data(made, file))
    else:
        put_data("\n".join(suggested.as_yaml(made, file)))
    if made.lacking:
        say(_("no column is known to be {fields}; name it before you import").format(fields=", ".join(made.lacking)))
