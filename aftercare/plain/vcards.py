"""Address books as text: vCard 2.1 of old phones, 3.0 and 4.0, read strictly and with the line of every property.

A card is read in one way or refused.  Bytes that are not UTF-8 are read as the property's own CHARSET says; without
one, as GB 18030 where the whole file reads as Chinese so, as Chinese phones of before 2010 wrote it.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from aftercare.errors import Fault
from aftercare.language import _
from aftercare.plain import encodings

LONGEST = 100_000
"""Octets of a value that is read; pictures are longer, and skipped."""
MOST = 100_000
"""So many cards a file may hold."""
_LONGEST_HEAD = 10_000
"""Octets of a property's name with all that is said of it."""
VERSIONS = ("2.1", "3.0", "4.0")
UNREAD = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})
"""What is no text, and is not looked at."""
_CHARSETS = frozenset(
    {"utf-8", "us-ascii", "gbk", "gb2312", "gb18030", "big5", "iso-8859-1", "windows-1252", "shift_jis", "euc-kr"}
)
_HEAD = re.compile(rb'((?:[^:"]++|"[^"]*+")*+):(.*+)', re.DOTALL)
_PARAM = re.compile(rb';((?:[^;"]++|"[^"]*+")*+)')
_NAME = re.compile(r"(?:([A-Za-z0-9-]+)\.)?([A-Za-z0-9-]+)")
_BARE = {"QUOTED-PRINTABLE": "ENCODING", "BASE64": "ENCODING", "8BIT": "ENCODING", "7BIT": "ENCODING"}
_HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_IS_BASE64 = re.compile(rb";(?:ENCODING=)?(?:BASE64|B)(?:;|$)", re.IGNORECASE)
_BASE64 = re.compile(rb"[ \t]*+[A-Za-z0-9+/]*+=*+[ \t]*+")
_BREAK = re.compile(r"\\[nN]")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class Property(NamedTuple):
    """One property.  ``value`` is as it stands, escapes and all; see :meth:`text` and :meth:`parts`."""

    line: int
    group: str
    name: str
    params: Mapping[str, tuple[str, ...]]
    value: str
    is_old: bool

    def text(self) -> str:
        """The value as one text."""
        return _unescaped(self.value, is_old=self.is_old)

    def parts(self, sign: str) -> list[str]:
        """The value cut at each *sign* that is not escaped: ``;`` for components, ``,`` for lists."""
        return [_unescaped(piece, is_old=self.is_old) for piece in _cut(self.value, sign)]


class Card(NamedTuple):
    """One card: the line of its BEGIN, and its properties in their order."""

    line: int
    version: str
    properties: Sequence[Property]

    def all(self, name: str) -> list[Property]:
        """Its properties of a name."""
        return [one for one in self.properties if one.name == name]

    def first(self, name: str) -> str:
        """The text of the first property of a name that has any, "" without one."""
        return next((said for one in self.all(name) if (said := one.text().strip())), "")


class Cards(NamedTuple):
    """The cards of a file that can be read, and what is wrong with the others; each fault names a line."""

    cards: list[Card]
    faults: list[Fault]


class _Refused(Exception):
    """A line that cannot be read with certainty."""

    def __init__(self, line: int, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.line, self.code, self.sentence = line, code, sentence


class _Raw(NamedTuple):
    """A property before its bytes are read: the first of its lines, its head, and its value unfolded."""

    line: int
    head: bytes
    value: bytes


def read(data: bytes, file: str) -> Cards:
    """The cards of an address book; what is wrong with any is a fault of *file*, with its line."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        as_utf8 = encodings.recoded(data, chinese=False)
        if as_utf8 is None:
            return Cards([], [Fault(file, 1, "encoding", _("the text is neither UTF-8 nor GB 18030"))])
        data = as_utf8.data
    lines = [line.removesuffix(b"\r") for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n")]
    if not any(line.strip().upper() == b"BEGIN:VCARD" for line in lines):
        return Cards([], [Fault(file, 1, "not-a-vcard", _("no line of the file says BEGIN:VCARD"))])
    is_chinese = _is_chinese(data)
    found = Cards([], [])
    for count, (first, last, refused) in enumerate(_blocks(lines)):
        if count >= MOST:
            sentence = _("more than {count} cards; split the file").format(count=MOST)
            return Cards([], [Fault(file, first + 1, "too-large", sentence)])
        try:
            if refused:
                raise refused
            found.cards.append(_card(lines, first, last, is_chinese=is_chinese))
        except _Refused as error:
            found.faults.append(Fault(file, error.line, error.code, error.sentence))
    return found


def _is_chinese(data: bytes) -> bool:
    """Whether what is not UTF-8 of a file is to be taken for GB 18030."""
    foreign = b"\n".join(line for line in data.split(b"\n") if not line.isascii() and not encodings.is_utf8(line))
    try:
        # The letter of a line break (\\n) stands beside words and is of none; in GBK a backslash may be half a sign.
        plain = _BREAK.sub(" ", foreign.decode("gb18030"))
    except UnicodeDecodeError:
        return False
    return encodings.recoded(plain.encode("gb18030"), chinese=True) is not None


def _blocks(lines: Sequence[bytes]) -> Iterator[tuple[int, int, _Refused | None]]:
    """Where each card begins and ends, by the places of its BEGIN and END; or why it is none."""
    begun: int | None = None
    for place, line in enumerate(lines):
        word = line.strip().upper()
        if word == b"BEGIN:VCARD":
            if begun is not None:
                sentence = _("the card that begins here has no END:VCARD before the next one begins")
                yield begun, place, _Refused(begun + 1, "card-open", sentence)
            begun = place
        elif word == b"END:VCARD":
            if begun is None:
                yield place, place, _Refused(place + 1, "card-open", _("END:VCARD without a BEGIN:VCARD"))
            else:
                yield begun, place, None
            begun = None
        elif begun is None and word:
            yield place, place, _Refused(place + 1, "line", _("a line that belongs to no card"))
    if begun is not None:
        yield begun, len(lines), _Refused(begun + 1, "card-open", _("the card that begins here has no END:VCARD"))


def _card(lines: Sequence[bytes], first: int, last: int, *, is_chinese: bool) -> Card:
    version = next((v for line in lines[first:last] if (v := _version(line))), "")
    if version not in VERSIONS:
        sentence = _("the card is of vCard “{version}”, and not of 2.1, 3.0 or 4.0")
        raise _Refused(first + 1, "version", sentence.format(version=version[:20]))
    found = [_property(raw, version, is_chinese=is_chinese) for raw in _raw(lines, first + 1, last, version)]
    return Card(first + 1, version, [one for one in found if one])


def _version(line: bytes) -> str:
    name, __, value = line.partition(b":")
    return value.strip().decode("ascii", "replace") if name.strip().upper() == b"VERSION" else ""


def _raw(lines: Sequence[bytes], first: int, last: int, version: str) -> Iterator[_Raw]:
    """The properties of a card, each made one line again of those over which it was folded."""
    place = first
    while place < last:
        begun, pieces = place, [lines[place]]
        place += 1
        if not pieces[0].strip():
            continue
        head = _HEAD.fullmatch(pieces[0])
        if head and b"QUOTED-PRINTABLE" in head[1].upper():
            while pieces[-1].endswith(b"=") and place < last:
                pieces[-1] = pieces[-1][:-1]
                pieces.append(lines[place])
                place += 1
        while place < last and lines[place][:1] in {b" ", b"\t"}:
            # Version 2.1 folds where a blank stands, and keeps it; later ones put the blank in.
            pieces.append(lines[place] if version == "2.1" else lines[place][1:])
            place += 1
        if head and _IS_BASE64.search(head[1]):
            # Old phones do not fold it: its lines, which have no colon, stand below one another up to an empty one.
            while place < last and _BASE64.fullmatch(lines[place]):
                place += 1
        whole = _HEAD.fullmatch(b"".join(pieces))
        if whole is None:
            raise _Refused(begun + 1, "line", _("a line that is no property: it has no colon"))
        yield _Raw(begun + 1, whole[1], whole[2])


def _property(raw: _Raw, version: str, *, is_chinese: bool) -> Property | None:
    """A property with its value as text; None of what is no text, of which only the name is kept."""
    if len(raw.head) > _LONGEST_HEAD:
        sentence = _("what stands before the colon is longer than {count} bytes")
        raise _Refused(raw.line, "too-long", sentence.format(count=_LONGEST_HEAD))
    name, *__ = _PARAM.split(raw.head, maxsplit=1)
    found = _NAME.fullmatch(name.strip().decode("ascii", "replace"))
    if found is None:
        raise _Refused(raw.line, "line", _("a line that is no property: it does not begin with a name"))
    group, called = (found[1] or "").lower(), found[2].upper()
    if called in {"BEGIN", "END"}:
        raise _Refused(raw.line, "card-nested", _("a card within a card"))
    if called in UNREAD:
        return Property(raw.line, group, called, {}, "", is_old=version == "2.1")
    params = _params(raw, is_chinese=is_chinese)
    encoding = next(iter(params.get("ENCODING", ())), "").upper()
    if encoding in {"B", "BASE64"}:
        return Property(raw.line, group, called, params, "", is_old=version == "2.1")
    if len(raw.value) > LONGEST:
        raise _Refused(
            raw.line, "too-long", _("{name} is longer than {count} bytes").format(name=called, count=LONGEST)
        )
    value = binascii.a2b_qp(raw.value) if encoding == "QUOTED-PRINTABLE" else raw.value
    charset = next(iter(params.get("CHARSET", ())), "")
    text = _decoded(value, charset, raw.line, is_chinese=is_chinese).replace("\r\n", "\n").replace("\r", "\n")
    if harmful := _HARMFUL.search(text):
        sentence = _("{name} holds a control character ({character})")
        shown = ascii(harmful[0])[1:-1]
        raise _Refused(raw.line, "control-character", sentence.format(name=called, character=shown))
    return Property(raw.line, group, called, params, text, is_old=version == "2.1")


def _params(raw: _Raw, *, is_chinese: bool) -> dict[str, tuple[str, ...]]:
    """The parameters by their names, in capitals; of 2.1 a value that stands alone is a TYPE or an ENCODING."""
    found: dict[str, tuple[str, ...]] = {}
    for piece in _PARAM.findall(raw.head):
        said = _decoded(piece, "", raw.line, is_chinese=is_chinese)
        name, equals, value = said.partition("=")
        if not equals:
            name, value = _BARE.get(said.strip().upper(), "TYPE"), said
        values = tuple(one.strip().strip('"') for one in value.strip().strip('"').split(","))
        found[name.strip().upper()] = (*found.get(name.strip().upper(), ()), *values)
    return found


def _decoded(value: bytes, charset: str, line: int, *, is_chinese: bool) -> str:
    named = charset.strip().lower()
    if named and named not in _CHARSETS:
        raise _Refused(line, "encoding", _("the encoding “{name}” is not known").format(name=charset[:30]))
    # GB 2312 and GBK are parts of GB 18030, and phones name the small one for what is in the large.
    wanted = "gb18030" if named in {"gbk", "gb2312"} else named or "utf-8"
    for codec in (wanted, *(["gb18030"] if is_chinese and not named else [])):
        try:
            return value.decode(codec)
        except UnicodeDecodeError:
            continue
    sentence = _("the text is not in the encoding {name}")
    raise _Refused(line, "encoding", sentence.format(name=charset or "UTF-8"))


def _cut(value: str, sign: str) -> list[str]:
    pieces, begun, place = [], 0, 0
    while place < len(value):
        if value[place] == "\\":
            place += 1
        elif value[place] == sign:
            pieces.append(value[begun:place])
            begun = place + 1
        place += 1
    return [*pieces, value[begun:]]


def _unescaped(value: str, *, is_old: bool) -> str:
    r"""The text meant: in 2.1 a backslash is itself but before ``;`` and ``,``; later ``\n`` is a line break."""
    signs = ";," if is_old else "\\;,:"

    def meant(found: re.Match[str]) -> str:
        if found[1] in "nN" and not is_old:
            return "\n"
        return found[1] if found[1] in signs else found[0]

    return _ESCAPED.sub(meant, value)
