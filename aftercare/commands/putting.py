"""Files that count already, put from the hidden folder in which they were made to where they were asked for."""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from pathlib import Path

from aftercare.book.belongings import is_among
from aftercare.book.locking import settle
from aftercare.book.writing import NO_LINKS
from aftercare.errors import WouldOverwrite

NEW, OLD, GONE, OVER = "new", "old", "gone", "over"
"""In the hidden folder: what was made, what was there, a list of what goes, and that others may be replaced."""
_OURS = re.compile(r"kind=[a-z_]+/shop=[^/]+/year=[0-9]+/part-0\.parquet")
"""What may be taken away because a list says so."""


class Putting:
    """One hidden folder, ``counts``, and the folder ``whole`` in which its files have their places.

    After a kill, ``go_on`` goes on: what is in its place is not in the hidden folder any more.
    """

    def __init__(self, counts: Path, whole: Path, *, is_left: bool = False) -> None:
        self._new, self._old, self._whole = counts / NEW, counts / OLD, whole
        self._counts, self._is_left = counts, is_left
        self._may_replace = (counts / OVER).exists()
        self._moved: list[tuple[Path, Path]] = []
        self._made: list[Path] = []

    def go_on(self) -> None:
        """Put each file in its place, and what was there aside; the system may refuse in the midst."""
        self._old.mkdir(mode=0o700, exist_ok=True)
        touched = set()
        for part in [path for path in sorted(self._new.rglob("*")) if stat.S_ISREG(path.lstat().st_mode)]:
            target = self._whole / part.relative_to(self._new)
            if self._make_room(target):
                if os.path.lexists(target):
                    part.chmod(stat.S_IMODE(target.lstat().st_mode))  # who may read it is the operator's to say
                    self._keep(target, self._aside())
                self._move(part, target)
                touched.add(target.parent)
            elif not self._is_left:
                raise WouldOverwrite(str(target))
        for target in filter(self._is_there, self._gone()):
            self._move(target, self._aside())
            touched.add(target.parent)
        for folder in sorted(touched):
            settle(folder)
        settle(self._whole)

    def take_back(self) -> None:
        """Put everything where it was."""
        for source, target in reversed(self._moved):
            if os.path.lexists(target) and not os.path.lexists(source):
                target.rename(source)
        for folder in reversed(self._made):
            folder.rmdir()
        settle(self._whole)

    def _keep(self, target: Path, aside: Path) -> None:
        """Have what is replaced aside too; where the file system has links it is in its place until the new one is."""
        self._moved.append((target, aside))
        aside.unlink(missing_ok=True)  # of one who was killed
        try:
            os.link(target, aside, follow_symlinks=False)
        except OSError as error:
            if error.errno not in NO_LINKS:
                raise
            target.rename(aside)

    def _move(self, source: Path, target: Path) -> None:
        self._moved.append((source, target))  # before it is done: we may be interrupted behind it
        source.rename(target)

    def _aside(self) -> Path:
        return self._old / str(len(self._moved))

    def _make_room(self, target: Path) -> bool:
        """Make the folders of a place; False where something has come there meanwhile that is not ours to replace."""
        for folder in reversed([above for above in target.parents if self._whole in above.parents]):
            if not folder.is_dir() and not folder.is_symlink():
                self._made.append(folder)
                folder.mkdir(mode=0o700)
        is_free = self._may_replace and self._is_there(target) if os.path.lexists(target) else self._is_within(target)
        return is_free and not is_among(target)

    def _is_there(self, target: Path) -> bool:
        """Whether a plain file is there, by no link."""
        return os.path.lexists(target) and stat.S_ISREG(target.lstat().st_mode) and self._is_within(target)

    def _is_within(self, target: Path) -> bool:
        return not any(above.is_symlink() for above in target.parents if self._whole in above.parents)

    def _gone(self) -> list[Path]:
        """The places of what an earlier export made and this one does not."""
        listed = (self._counts / GONE).read_bytes().decode(errors="surrogateescape").split("\n")
        return [self._whole / file for file in listed if _OURS.fullmatch(file)]

    def tidy(self) -> None:
        """Take away the folders of what went, if nothing else is in them."""
        with suppress(OSError):
            for folder in [above for file in self._gone() for above in file.parents if self._whole in above.parents]:
                if folder.is_dir() and not any(folder.iterdir()):
                    folder.rmdir()
