"""Output that is held until it is longer than the screen, and then goes to a pager."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import suppress
from typing import IO, BinaryIO, TextIO

from aftercare.plain.text import width

_A_PIPE = 1 << 20
"""More characters than any pipe takes while nobody reads."""


class Paged(io.TextIOBase):
    """Takes the place of a terminal while a command prints.

    *begin* starts the pager and gives its end of the pipe, or None where it cannot be started; then all goes to the
    terminal, as does what is no longer than its *lines*.  So it does where *has_failed*, told whether the pager has
    left, says that it ended in failure before it had read anything.
    """

    def __init__(
        self,
        terminal: TextIO,
        begin: Callable[[], IO[bytes] | None],
        has_failed: Callable[[bool], bool],
        columns: int,
        lines: int,
    ) -> None:
        super().__init__()
        self._terminal = terminal
        self._begin, self._has_failed = begin, has_failed
        self._handed_on: list[str] | None = []
        """What the pager may not have read; None once it must have read some."""
        self._in_pipe = 0
        self._columns, self._room = max(columns, 1), lines - 1
        self._held: list[str] = []
        self._pipe: IO[bytes] | None = None
        self._is_held = True
        self._is_left = False
        self.said_meanwhile: list[str] = []
        """What was said to the operator while the pager had the screen."""

    @property
    def is_paged(self) -> bool:
        """Whether the pager has the screen."""
        return self._pipe is not None

    @property
    def buffer(self) -> BinaryIO:
        """Where bytes go, which no pager shows."""
        self.release()
        return self._terminal.buffer

    def isatty(self) -> bool:
        """It stands for a terminal."""
        return True

    def fileno(self) -> int:
        """That of the terminal."""
        return self._terminal.fileno()

    def write(self, text: str) -> int:
        """Hold it, or hand it on."""
        if self._pipe is not None:
            self._hand_on(text)
        elif not self._is_held:
            self._terminal.write(text)
        else:
            self._held.append(text)
            self._room -= sum(-(-width(line) // self._columns) or 1 for line in text.split("\n")[:-1])
            if self._room < 0:
                self._turn_over()
        return len(text)

    def flush(self) -> None:
        """Something else is about to be shown: what was printed until now stands before it."""
        if self._held:
            self.release()
        if not self._is_held and self._pipe is None:
            self._terminal.flush()

    def release(self) -> None:
        """Hold nothing any longer; what is no longer than the screen is shown by the terminal itself."""
        held, self._held, self._is_held = "".join(self._held), [], False
        if self._pipe is not None:
            self._hand_on(held)
        elif held:
            self._terminal.write(held)

    def end(self) -> None:
        """There is no more to come."""
        self.release()
        if self._pipe is None:
            return
        try:
            if not self._is_left:
                self._pipe.flush()
                if self._handed_on and self._has_failed(False):
                    self._do_without()
                    return
                self._pipe.close()
        except BrokenPipeError:
            self._leave()
        self._pipe = None

    def _turn_over(self) -> None:
        self._pipe = self._begin()
        self.release()

    def _hand_on(self, text: str) -> None:
        """Whoever has seen enough leaves the pager; the command goes on to its end, for nobody."""
        if self._pipe is None or self._is_left:
            return
        if self._handed_on is not None:
            self._handed_on.append(text)
            self._in_pipe += len(text)
        try:
            self._pipe.write(text.encode("utf-8", "replace"))
        except BrokenPipeError:
            self._leave()
        else:
            if self._in_pipe > _A_PIPE:
                self._handed_on = None

    def _leave(self) -> None:
        """Nobody reads any more: the operator has seen enough, or the pager could not even begin."""
        self._is_left = True
        if self._handed_on and self._has_failed(True):
            self._do_without()

    def _do_without(self) -> None:
        """The terminal gets it all, from the first line."""
        held, self._handed_on = self._handed_on or [], None
        if self._pipe is not None:
            with suppress(BrokenPipeError):
                self._pipe.close()
        self._pipe, self._is_left = None, False
        self._terminal.write("".join(held))
