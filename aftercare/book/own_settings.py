"""``notify.yaml``: the user's own settings for messages, which no book can give, for a book may be somebody else's.

It holds secrets (addresses with keys in them), so it is read only where it is the user's own and nobody else's, and
nothing of what it says is ever quoted.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from aftercare.errors import BadNoticeSettings, LiesInTheBook, NotForOthersEyes
from aftercare.language import _, refusal
from aftercare.plain import quiet
from aftercare.plain.quiet import Hours
from aftercare.plain.tree import Path as At
from aftercare.plain.tree import Tree

FILE = "notify.yaml"
FIELDS = ("phone", "email")
"""What of a customer may stand in an address, in braces."""
QUIET = "21:00-08:00"
"""The hours in which no customer is written to, where the user says nothing."""
_NONE = "none"
_KEYS = frozenset({"outbox", "quiet", "shop", "customers"})
_LARGEST = 1 << 20
_SCHEME = re.compile(r"[a-z][a-z0-9]{1,30}s?://", re.ASCII | re.IGNORECASE)
_HOLE = re.compile(r"\{([^{}]*)\}")


class Channel(NamedTuple):
    """One way out: a name that may be shown, and an address that may not."""

    name: str
    url: str

    def __repr__(self) -> str:
        return f"Channel({self.name})"

    @property
    def wants(self) -> set[str]:
        """What of a customer its address needs."""
        return set(_HOLE.findall(self.url)) & set(FIELDS)


class Notifying(NamedTuple):
    """How messages go out."""

    outbox: str = ""
    quiet: tuple[Hours, ...] = quiet.hours(QUIET)
    shop: tuple[Channel, ...] = ()
    customers: tuple[Channel, ...] = ()


def settings_folder(environment: Mapping[str, str]) -> Path:
    """Where the user's own settings are."""
    return _own("XDG_CONFIG_HOME", ".config", environment)


def state_folder(environment: Mapping[str, str]) -> Path:
    """Where what a program of the user's has to remember is."""
    return _own("XDG_STATE_HOME", ".local/state", environment)


def _own(name: str, otherwise: str, environment: Mapping[str, str]) -> Path:
    """A folder of the user's as the environment names it; a name that is not absolute counts for nothing."""
    named = environment.get(name, "")
    home = environment.get("HOME") or os.path.expanduser("~")  # noqa: PTH111 - also where no HOME is set
    return Path(named if named.startswith("/") else f"{home}/{otherwise}") / "aftercare"


def read(environment: Mapping[str, str], root: Path) -> Notifying:
    """The settings; where there are none, messages stay in the outbox.

    NotForOthersEyes, LiesInTheBook, BadNoticeSettings where they cannot be trusted or understood.
    """
    file = settings_folder(environment) / FILE
    try:
        data = _bytes(file, root)
    except FileNotFoundError:
        return Notifying()
    except OSError as error:
        raise BadNoticeSettings(str(file), 1, refusal(str(error.strerror))) from None
    return _Understood(str(file), data).settings()


def _bytes(file: Path, root: Path) -> bytes:
    descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as opened:
        held = os.fstat(descriptor)
        if not stat.S_ISREG(held.st_mode) or held.st_uid != os.geteuid() or held.st_mode & 0o077:
            raise NotForOthersEyes(str(file))
        if file.resolve().is_relative_to(root.resolve()):
            raise LiesInTheBook(str(file))
        return opened.read(_LARGEST)


class _Understood:
    """The settings as they are made out of a file."""

    def __init__(self, file: str, data: bytes) -> None:
        from aftercare.plain.reading import Unreadable
        from aftercare.plain.reading import read as read_yaml

        self.file, self.data = file, data
        try:
            self.tree = read_yaml(data, FILE)
        except Unreadable as error:  # its sentences may quote the file
            if error.faults[0].code == "empty-file":  # whoever turns all lines into comments wants none of them
                self.tree = {}
                return
            raise BadNoticeSettings(file, error.faults[0].line, error.faults[0].code) from None

    def settings(self) -> Notifying:
        """All that it says."""
        for key in self.tree:
            if key not in _KEYS:
                raise self._wrong((key,), _("this is none of: {known}").format(known=", ".join(sorted(_KEYS))))
        return Notifying(
            outbox=self._outbox(),
            quiet=self._quiet(),
            shop=self._channels("shop", ()),
            customers=self._channels("customers", FIELDS),
        )

    def _wrong(self, path: At, reason: str) -> BadNoticeSettings:
        from aftercare.plain.reading import line_of

        return BadNoticeSettings(self.file, line_of(self.data, path), reason)

    def _outbox(self) -> str:
        said = self.tree.get("outbox") or ""
        home = str(Path.home())
        folder = f"{home}{said[1:]}" if isinstance(said, str) and said.startswith("~/") else said
        if not isinstance(folder, str) or (folder and not folder.startswith("/")):
            raise self._wrong(("outbox",), _("a folder is named from the root: {example}").format(example="~/…"))
        return folder

    def _quiet(self) -> tuple[Hours, ...]:
        said = self.tree.get("quiet") or QUIET
        if said == _NONE:
            return ()
        try:
            return quiet.hours(str(said))
        except ValueError:
            raise self._wrong(("quiet",), _("quiet hours are written 21:00-08:00, or: none")) from None

    def _channels(self, key: str, fields: tuple[str, ...]) -> tuple[Channel, ...]:
        said = self.tree.get(key) or []
        if not isinstance(said, list):
            raise self._wrong((key,), _("a list of addresses is wanted"))
        return tuple(self._channel(one, (key, place), fields) for place, one in enumerate(said))

    def _channel(self, said: Tree, at: At, fields: tuple[str, ...]) -> Channel:
        entry = {"url": said} if isinstance(said, str) else said
        if not isinstance(entry, dict) or not set(entry) <= {"name", "url"} or not isinstance(entry.get("url"), str):
            raise self._wrong(at, _("an address is wanted, or its url and a name for it"))
        url = str(entry["url"])
        if not _SCHEME.match(url):
            raise self._wrong(at, _("an address begins with a scheme: {example}").format(example="mailto://…"))
        if not set(_HOLE.findall(url)) <= set(fields):
            known = ", ".join(f"{{{name}}}" for name in fields) or _("nothing")
            raise self._wrong(at, _("in braces may stand: {known}").format(known=known))
        return Channel(str(entry.get("name") or f"{url.partition(':')[0].lower()}-{int(at[1]) + 1}"), url)
