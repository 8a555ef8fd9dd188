"""Programs of the operator that we start: found on the path, but never in a book or in the folder one stands in."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def program(name: str, root: Path) -> str | None:
    """Where the program called *name* is; None if it is nowhere but in relative folders of the path or under *root*.

    A name with a slash was meant as it is.
    """
    if os.sep in name:
        return name
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    inside = root.resolve()
    safe = [one for one in folders if Path(one).is_absolute() and not Path(one).resolve().is_relative_to(inside)]
    return shutil.which(name, path=os.pathsep.join(safe)) if safe else None
