"""Attached files: those that a record names and that are not there, and those that none names."""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.answers.ailments.ailing import Ailment, Chart
from aftercare.answers.attached import attached_faults, named_on
from aftercare.book.mending import Mend
from aftercare.language import _


def ailing_attachments(chart: Chart, *, all_here: bool) -> Iterator[Ailment]:
    """What ``check`` says of them without reading them, each with what would mend it.

    Only where the records are *all here* is a file said to be nobody's.
    """
    named = named_on(chart.shelf)
    for fault in attached_faults(chart.book.root, named, verify=False, all_known=all_here):
        match fault.code:
            case "attachment-unnamed":
                yield Ailment(fault, _("sets it aside"), Mend(away=(fault.file,)))
            case "attachment-missing":
                yield Ailment(fault, _("put the file back, by attaching it again, or take the entry out of the record"))
            case _:
                yield Ailment(fault, _("take it away"))
