"""The console script, and ``python -m aftercare``: Ctrl-C is one line from the moment that we run, not only later."""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False
"""As in ``typing``, which like anything that takes time to load waits until Ctrl-C is one line."""
if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_A_MOMENT = 0.005
"""Seconds, after which Python is out of the corner in which it could not be interrupted."""


def main() -> None:
    """Load the command line and run it.

    A command keeps what it has loaded and read until it ends: to look through it for garbage takes a third of its time.
    """
    gc.disable()
    sys.unraisablehook = _unraised
    try:
        from aftercare.cli import main as run

        run(is_whole=True)
    except KeyboardInterrupt:
        _interrupted()


def _unraised(lost: UnraisableHookArgs) -> None:
    """Ctrl-C that came where Python can hand nothing on, as while it lets go of the lock of an import, comes again."""
    if lost.exc_type is KeyboardInterrupt:
        import signal

        signal.signal(signal.SIGALRM, signal.default_int_handler)
        signal.setitimer(signal.ITIMER_REAL, _A_MOMENT)
    else:
        sys.__unraisablehook__(lost)


def _interrupted() -> None:
    """Say it, and be gone at once: while everything is still being loaded there is nothing to tidy up."""
    from contextlib import suppress

    from aftercare import language
    from aftercare.language import _

    language.use(language.from_environment(os.environ))
    told = _("interrupted")
    with suppress(OSError):
        os.write(2, f"aftercare: {told}\n".encode())
    os._exit(130)


if __name__ == "__main__":
    main()
