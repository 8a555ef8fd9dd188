"""A message is handed to a service, by Apprise: the one way in which anything we know leaves this machine."""

from __future__ import annotations

import logging
import re
import signal
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from types import FrameType
from urllib.parse import quote

from aftercare.book.own_settings import FILE, Channel
from aftercare.errors import MissingExtra
from aftercare.language import _
from aftercare.plain.phones import spelt
from aftercare.plain.text import fold

EXTRA = "notify"
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,190}", re.ASCII)
_FEWEST = 4
LONGEST = 20.0
"""Seconds that a service has. Apprise waits four for each part of an answer, and one that trickles in has no end."""


class _TooLong(BaseException):
    """No error that a service's module may take for its own."""


def see_to_extra() -> None:
    """MissingExtra where the library that speaks to services is not there; it is loaded only to send."""
    if find_spec("apprise") is None:
        raise MissingExtra(
            _("to send messages"), EXTRA, _("without addresses in {file} they wait in the outbox").format(file=FILE)
        )


def reached_by(phones: Iterable[str]) -> dict[str, str]:
    """What an address may need of a customer, as far as it is known: a phone, and an e-mail noted among the phones."""
    found: dict[str, str] = {}
    for text in phones:
        folded = fold(text)
        if "@" in folded:
            if _EMAIL.fullmatch(folded):
                found.setdefault("email", folded)
        elif len(digits := spelt(text).plain) >= _FEWEST:
            found.setdefault("phone", f"+{digits}" if folded.startswith("+") else digits)
    return found


def fitting(channels: Iterable[Channel], known: Mapping[str, str]) -> list[Channel]:
    """The channels whose addresses can be filled in."""
    return [channel for channel in channels if channel.wants <= known.keys()]


def sent(channel: Channel, known: Mapping[str, str], subject: str, text: str) -> bool | None:
    """Whether a service took a message; None where it did not come to an end with it, so that nobody knows.

    Why it did not is not told: its words might hold the secret.
    """
    url = channel.url
    for name in channel.wants:
        url = url.replace(f"{{{name}}}", quote(known[name], safe=""))
    _hush()
    try:
        with warnings.catch_warnings(), _at_most(LONGEST):
            warnings.simplefilter("ignore")
            return _taken(url, subject, text)
    except _TooLong:
        return None


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    def ring(number: int, frame: FrameType | None) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _taken(url: str, subject: str, text: str) -> bool:
    import apprise

    asset = apprise.AppriseAsset(app_id="aftercare", app_desc="aftercare", async_mode=False, interpret_emojis=False)
    try:
        service = apprise.Apprise(asset=asset)
        return bool(
            service.add(url) and service.notify(body=text, title=subject, body_format=apprise.NotifyFormat.TEXT)
        )
    except Exception:  # noqa: BLE001 - whatever a service's module raises, it did not take it; and it may quote it
        return False


def _hush() -> None:
    """Nothing of what the libraries note is for any log: the secret may be in it."""
    for name in ("apprise", "urllib3", "requests"):
        logger = logging.getLogger(name)
        logger.handlers = [logging.NullHandler()]
        logger.propagate = False
        logger.setLevel(logging.CRITICAL + 1)
