"""A compiled catalogue of sentences that is asked for some dozen of the thousands it has.

The standard library reads all of a catalogue before it gives the first sentence, which takes longer than most commands.
"""

from __future__ import annotations

import gettext
import struct
from bisect import bisect_left

_HEAD = struct.Struct("<5I")
_PLACE = struct.Struct("<2I")
_MAGIC = 0x950412DE
_CONTEXT, _NEXT_FORM = "\x04", "\0"


class Catalogue(gettext.NullTranslations):
    """The sentences of a file as ``msgfmt`` writes it (``.mo``, little-endian, UTF-8, in the order of their bytes).

    A sentence for a count is known by both its forms; it has one form for one thing and one for any other number, or
    the same for all.  OSError where the file cannot be read, ValueError where it is none.
    """

    def __init__(self, file: str) -> None:
        super().__init__()
        with open(file, "rb") as opened:
            self._bytes = opened.read()
        if len(self._bytes) < _HEAD.size or _HEAD.unpack_from(self._bytes)[0] != _MAGIC:
            raise ValueError(file)
        __, __, self._count, self._sentences, self._said = _HEAD.unpack_from(self._bytes)
        self._known: dict[str, str | None] = {}

    def gettext(self, message: str) -> str:
        """What is said for a sentence; the sentence itself where the catalogue has none."""
        said = self._looked_up(message)
        return message if said is None else said

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """What is said of so many things."""
        said = self._looked_up(msgid1 + _NEXT_FORM + msgid2)
        if said is None:
            return msgid1 if n == 1 else msgid2
        one, __, others = said.partition(_NEXT_FORM)
        return one if n == 1 or not others else others

    def pgettext(self, context: str, message: str) -> str:
        """What is said for a word of a list; the word itself where the catalogue has none."""
        said = self._looked_up(context + _CONTEXT + message)
        return message if said is None else said

    def _looked_up(self, name: str) -> str | None:
        if name not in self._known:
            wanted = name.encode("utf-8", "surrogatepass")
            at = bisect_left(range(self._count), wanted, key=self._sentence)
            found = at < self._count and self._sentence(at) == wanted
            self._known[name] = self._text(self._said, at).decode() if found else None
        return self._known[name]

    def _sentence(self, number: int) -> bytes:
        return self._text(self._sentences, number)

    def _text(self, table: int, number: int) -> bytes:
        length, begins = _PLACE.unpack_from(self._bytes, table + _PLACE.size * number)
        return self._bytes[begins : begins + length]
