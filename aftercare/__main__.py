"""The console script, and ``python -m aftercare``: Ctrl-C is one line from the moment that we run, not only later."""

from __future__ import annotations

import os
from contextlib import suppress


def main() -> None:
    """Load the command line and run it."""
    try:
        from aftercare.cli import main as run

        run()
    except KeyboardInterrupt:
        _interrupted()


def _interrupted() -> None:
    """Say it, and be gone at once: while everything is still being loaded there is nothing to tidy up."""
    from aftercare import language
    from aftercare.language import _

    language.use(language.from_environment(os.environ))
    told = _("interrupted")
    with suppress(OSError):
        os.write(2, f"aftercare: {told}\n".encode())
    os._exit(130)


if __name__ == "__main__":
    main()
