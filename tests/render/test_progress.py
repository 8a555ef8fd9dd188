"""The bar that says how far a long look has come."""

from __future__ import annotations

from io import StringIO
from itertools import count

from aftercare.render.progress import PATIENCE, Followed


class Terminal(StringIO):
    """A terminal that keeps what it was sent."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def test_what_is_soon_done_shows_no_bar() -> None:
    """A flash of a bar at every command would only be in the way."""
    terminal = Terminal()
    assert list(Followed(terminal, lambda: 0.0)("files", range(5))) == [0, 1, 2, 3, 4]
    assert terminal.getvalue() == ""


def test_what_lasts_shows_how_far_it_is() -> None:
    """After two seconds of nothing an operator would take the program for dead, and press Ctrl-C."""
    terminal, ticks = Terminal(), count()
    followed = Followed(terminal, lambda: next(ticks) * PATIENCE)
    assert list(followed("customers", range(10))) == list(range(10))
    assert "reckoning what is owed" in terminal.getvalue()
    assert "100%" in terminal.getvalue()


def test_a_look_that_is_given_up_leaves_the_line() -> None:
    """What is said next stands on a line of its own."""
    terminal, ticks = Terminal(), count()
    going = iter(Followed(terminal, lambda: next(ticks) * PATIENCE)("records", range(10)))
    for _number in range(4):
        next(going)
    del going
    assert terminal.getvalue().endswith("\n")
