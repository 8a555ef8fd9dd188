"""Who may read or exchange the files of a book: its owner alone is to."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from shlex import quote

from aftercare.answers.ailments.ailing import Ailment, Chart
from aftercare.book.belongings import Seen, shared_above
from aftercare.book.index.database import is_index
from aftercare.book.locking import OWN
from aftercare.book.mending import OTHERS, Mend
from aftercare.book.settings import FILE
from aftercare.errors import Fault
from aftercare.language import _


def access(chart: Chart) -> Iterator[Ailment]:
    """Permissions that are too wide, what is in the place of our own folder, a folder above that is anybody's."""
    yield from _open_to_others(chart)
    own = next((seen for seen in chart.seen if seen.path == OWN), None)
    if own and not own.is_folder:
        message = _("this is no folder, so nothing can be written in this book")
        yield Ailment(Fault(OWN, 1, "own-folder", message), _("move it away: {command}").format(command=f"mv {OWN} …"))
    for seen in chart.seen:
        if seen.is_folder and seen.path.startswith(f"{OWN}/") and is_index(seen.path.removeprefix(f"{OWN}/")):
            message = _("a folder stands where the index is to be, so every question reads all files")
            yield Ailment(Fault(seen.path, 1, "index", message), _("sets it aside"), Mend(away=(seen.path,)))
    for folder in shared_above(chart.book.root):
        message = _("{folder}, in which the book lies, can be changed by anybody").format(folder=folder)
        remedy = _("move the book, or close the folder: {command}").format(command=f"chmod o-w {quote(str(folder))}")
        yield Ailment(Fault(FILE, 1, "shared-folder", message), remedy)


def _open_to_others(chart: Chart) -> Iterator[Ailment]:
    wide = [seen for seen in chart.seen if stat.S_IMODE(seen.mode) & OTHERS and _is_ours(seen)]
    if wide:
        message = _("files and folders that others than the owner may use: {count}").format(count=len(wide))
        mend = Mend(closed=tuple(seen.path for seen in wide))
        yield Ailment(Fault(wide[0].path, 1, "permissions", message), _("shuts others out"), mend)


def _is_ours(seen: Seen) -> bool:
    """Whether it is of the book: what else an operator keeps in the folder is the operator's."""
    return seen.is_folder or (seen.is_file and ("/" in seen.path or seen.path == FILE))
