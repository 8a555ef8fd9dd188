"""A bound on what is taken of the machine's memory, for readers of formats in which a little can unfold to a lot."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import resource
except ImportError:  # where the system has no such bounds, what a file unfolds to has to be trusted
    resource = None  # type: ignore[assignment]

_STATUS = Path("/proc/self/statm")


@contextmanager
def at_most(more: int) -> Iterator[None]:
    """Within this no more than so many bytes are taken beyond what is held already; MemoryError where it would be."""
    held = _held()
    if resource is None or not held:
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_AS)
    ceiling = held + more
    tightest = min((one for one in (ceiling, *before) if one != resource.RLIM_INFINITY), default=ceiling)
    resource.setrlimit(resource.RLIMIT_AS, (tightest, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def _held() -> int:
    """The room that this process has been given, in bytes; 0 where the system does not say."""
    try:
        return int(_STATUS.read_text("ascii").split()[0]) * resource.getpagesize()
    except (OSError, ValueError, IndexError):
        return 0
