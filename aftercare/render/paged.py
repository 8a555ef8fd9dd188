"""Output that is held until it is longer than the screen, and then goes to a pager."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import IO, BinaryIO, TextIO

from aftercare.plain.text import width


class Paged(io.TextIOBase):
    """Takes the place of a terminal while a command prints.

    *begin* starts the pager and gives its end of the pipe, or None where it cannot be started; then all goes to the
    terminal, as does what is no longer than its *lines*.
    """

    def __init__(self, terminal: TextIO, begin: Callable[[], IO[bytes] | None], columns: int, lines: int) -> None:
        super().__init__()
        self._terminal = terminal
        self._begin = begin
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
        if self._pipe is not None and not self._is_left:
            try:
                self._pipe.close()
            except BrokenPipeError:
                self._is_left = True
        self._pipe = None

    def _turn_over(self) -> None:
        self._pipe = self._begin()
        self.release()

    def _hand_on(self, text: str) -> None:
        """Whoever has seen enough leaves the pager; the command goes on to its end, for nobody."""
        if self._pipe is None or self._is_left:
            return
        try:
            self._pipe.write(text.encode("utf-8", "replace"))
        except BrokenPipeError:
            self._is_left = True
