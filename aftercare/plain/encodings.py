"""Text that was saved in another encoding than UTF-8: found out where nothing can be lost or mistaken by it."""

from __future__ import annotations

import codecs
import re
from itertools import islice
from typing import NamedTuple

from aftercare.plain.mistaken import is_no_mainland_chinese, is_no_western

_MARKED = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_IN_A_WORD = re.compile(r"[a-z][^\x00-\x7f]{1,2}(?![^\x00-\x7f])|(?<![^\x00-\x7f])[^\x00-\x7f]{1,2}[a-z]")
"""One or two characters beside a small letter: an accent more likely than a word."""
_NAMES = {"utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "gb18030": "GB18030"}


class Recoded(NamedTuple):
    """The same text as UTF-8, and the ``encoding`` it was in."""

    encoding: str
    data: bytes


def is_utf8(data: bytes) -> bool:
    """Whether the bytes are text in UTF-8; text in UTF-16 without a mark may look like it, but for its zeros."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return b"\0" not in data


def recoded(data: bytes, *, chinese: bool) -> Recoded | None:
    """The text of *data* as UTF-8; None where it is UTF-8 already, or where what it is would be a guess.

    Written back it must give the same bytes.  GB18030, in which almost any bytes are some text, is taken only where
    *chinese* is expected, and only if most of its characters are common ones: the umlauts of another encoding are not.
    """
    if is_utf8(data):
        return None
    for encoding, mark in _candidates(data, chinese):
        body = data[len(mark) :]
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.encode(encoding) == body and (encoding != "gb18030" or _is_common(text)):
            return Recoded(_NAMES[encoding], text.encode())
    return None


def _candidates(data: bytes, chinese: bool) -> list[tuple[str, bytes]]:
    marked = [(encoding, mark) for mark, encoding in _MARKED if data.startswith(mark)]
    if marked or b"\0" in data:
        by_zeros = "utf-16-le" if data[1::2].count(0) > data[0::2].count(0) else "utf-16-be"
        return marked or [(by_zeros, b"")]
    return [("gb18030", b"")] if chinese else []


def _is_common(text: str) -> bool:
    """Whether it reads as Chinese: two in three characters are of the old, small set, none in a Latin word."""
    foreign = [letter for letter in text if not letter.isascii()]
    are_of_it = 3 * sum(map(_is_of_gb2312, foreign)) >= 2 * len(foreign) and not _IN_A_WORD.search(text)
    return are_of_it and not is_no_mainland_chinese(foreign)


def _is_of_gb2312(letter: str) -> bool:
    try:
        letter.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def undecoded(data: bytes | memoryview, encoding: str) -> int | None:
    """Where the bytes stop being text in *encoding*, piece by piece so that no second copy is made; None where all is.

    The place is that of the piece's bad byte; of a character that the end cuts off, the end.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    view = memoryview(data)
    for begins in range(0, len(view), _PIECE):
        held = len(decoder.getstate()[0])
        try:
            decoder.decode(view[begins : begins + _PIECE])
        except UnicodeDecodeError as error:
            return max(begins - held + error.start, 0)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return len(view)
    return None


def of_sheet(data: bytes) -> str | None:
    """The encoding of a sheet's text that is not UTF-8: ``gb18030`` or ``cp1252``; None where it would be a guess.

    Almost any bytes are some text in GB 18030: it is taken only where most of its characters are common ones.
    Windows-1252 is taken where what is foreign in it are the letters and signs of European languages, beside letters.
    """
    if undecoded(data, "gb18030") is None and _is_chinese(data):
        return "gb18030"
    foreign = _FOREIGN.findall(data)
    if undecoded(data, "cp1252") is None and all(set(run.decode("cp1252")) <= _EUROPEAN for run in set(foreign)):
        return "cp1252" if 2 * len(_ACCENT.findall(data)) > len(foreign) and not _is_of_the_east(data) else None
    return None


def _is_of_the_east(data: bytes) -> bool:
    """Whether the words are of a land that Windows-1252 does not serve, by what stands beside their foreign letters."""
    beside = (found[0] for found in islice(_BESIDE.finditer(data), _MOST_BESIDE))
    return is_no_western(b" ".join(beside).decode("cp1252"))


def _is_chinese(data: bytes) -> bool:
    """Whether two in three of the first foreign characters are of the old, small set of Chinese, or European letters:
    what is in Windows-1252 and read as Chinese turns into rare characters, and never into those.
    """
    letters: list[str] = []
    decoder = codecs.getincrementaldecoder("gb18030")()
    for begins in range(0, len(data), _PIECE):
        letters += (letter for letter in decoder.decode(data[begins : begins + _PIECE]) if letter > "\x7f")
        if len(letters) > _ENOUGH:
            break
    common = sum(letter in _EUROPEAN or _is_of_gb2312(letter) for letter in letters)
    asian = [letter for letter in letters if letter not in _EUROPEAN]
    return 3 * common >= 2 * len(letters) and not is_no_mainland_chinese(asian)


_PIECE = 1 << 20
_ENOUGH = 20_000
_FOREIGN = re.compile(rb"[\x80-\xff]+")
_BESIDE = re.compile(rb"[0-9A-Za-z]?[\x80-\xff]+[A-Za-z]{0,2}")
_MOST_BESIDE = 200_000
_ACCENT = re.compile(rb"(?<=[A-Za-z])[\x80-\xff](?![\x80-\xff])|(?<![\x80-\xff])[\x80-\xff](?=[A-Za-z])")
_EUROPEAN = frozenset(
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿŒœŠšŽžŸ€£©®°ºª¿¡«»–—‘’“”„•…·½¼\u00a0²³´`™"
)
