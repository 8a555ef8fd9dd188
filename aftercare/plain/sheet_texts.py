"""Sheets that are text: CSV in the encodings and with the separators that programs write, and JSON, one object a line.

A text is read as a stream, line by line.  What one row may take is bounded, so that a quote which is never closed, or
a line without end, is refused where it begins and not when the memory is full.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from aftercare.language import _
from aftercare.plain import encodings
from aftercare.plain.sheet_rows import MOST_COLUMNS, Cleaner, Row, fault

LONGEST_ROW = 1024 * 1024
"""The most characters of one row."""
LONGEST_CELL = 128 * 1024
_DELIMITERS = ",\t;"
_NAMED = re.compile(r"sep=(.)\s*")  # a first line by which spreadsheet programs say what parts the cells
_IN_QUOTES = re.compile(r'"[^"]*"?')
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LIST = re.compile(r"\[\s*(?:[{\[\"\]]|$)")
_LOOKED_AT = 20
_DEEPEST = 20


class Text(NamedTuple):
    """The bytes of a sheet and their encoding, which ``found`` names where it had to be found out; ``mark`` is how many
    bytes at the beginning only say which it is.
    """

    data: bytes
    encoding: str
    found: str = ""
    mark: int = 0

    def stream(self) -> io.TextIOWrapper:
        """The text behind the mark, without a second copy of the bytes."""
        shared = io.BytesIO(self.data)
        shared.seek(self.mark)
        return io.TextIOWrapper(shared, encoding=self.encoding, newline="")

    def lines(self, file: str) -> Iterator[str]:
        """The lines with their ends; one that is too long is refused."""
        stream, line = self.stream(), 0
        while text := stream.readline(LONGEST_ROW + 1):
            line += 1
            if len(text) > LONGEST_ROW:
                raise _endless(file, line)
            yield text


def opened(data: bytes, file: str) -> Text:
    """The text of a file in UTF-8, UTF-16 with its mark, GB 18030 or Windows-1252; else refused with the line."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = Text(data, encoding, mark=len(mark))
            _refuse_undecoded(text, file)
            break
    else:
        text = _unmarked(data, file)
    _refuse_zero(text, file)
    return text


def _unmarked(data: bytes, file: str) -> Text:
    bad = encodings.undecoded(data, "utf-8")
    if bad is None or b"\0" in data:
        return Text(data, "latin-1" if bad is not None else "utf-8")
    encoding = encodings.of_sheet(data)
    if encoding is None:
        sentence = _("the file is neither UTF-8 nor GB 18030; save it as CSV in UTF-8")
        raise fault(file, 1 + data.count(b"\n", 0, bad), "encoding", sentence)
    return Text(data, encoding, "GB 18030" if encoding == "gb18030" else "Windows-1252")


def _refuse_undecoded(text: Text, file: str) -> None:
    behind = memoryview(text.data)[text.mark :]
    bad = encodings.undecoded(behind, text.encoding)
    if bad is not None:
        line = 1 + bytes(behind[:bad]).decode(text.encoding, "ignore").count("\n")
        name = text.encoding[:6].upper()
        sentence = _("the file says that it is {encoding}, and is not").format(encoding=name)
        raise fault(file, line, "encoding", sentence)


def _refuse_zero(text: Text, file: str) -> None:
    """Refuse a text with a zero character: programs for text take it for its end."""
    stream, line = text.stream(), 1
    while piece := stream.read(LONGEST_ROW):
        if "\0" in piece:
            line += piece[: piece.index("\0")].count("\n")
            raise fault(file, line, "not-a-sheet", _("there is a zero character: this is neither CSV, XLSX nor JSONL"))
        line += piece.count("\n")


def rows(text: Text, file: str) -> Iterator[Row]:
    """The rows that say something, each with the line on which it begins."""
    first = next((line.lstrip() for line in text.lines(file) if line.strip()), "")
    if _LIST.match(first):
        sentence = _("this is a list in JSON; one object a line is wanted, as: {command}")
        raise fault(file, 1, "json-syntax", sentence.format(command="jq -c '.[]' FILE"))
    return _json_rows(text, file) if first.startswith("{") else _csv_rows(text, file)


class _Measured:
    """Lines as they are read into one row: a row that goes on too long is refused where it begins."""

    def __init__(self, lines: Iterator[str], file: str) -> None:
        self._lines, self._file = lines, file
        self.begins, self.taken = 1, 0

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.taken += len(line)
            if self.taken > LONGEST_ROW:
                raise _endless(self._file, self.begins)
            yield line


def _endless(file: str, line: int) -> Exception:
    sentence = _("the row goes on for more than {count} characters; is a quote not closed?")
    return fault(file, line, "csv-syntax", sentence.format(count=LONGEST_ROW))


def _csv_rows(text: Text, file: str) -> Iterator[Row]:
    head = list(islice((line for line in text.lines(file) if line.strip(" \r\n,;\t")), _LOOKED_AT))
    named = _NAMED.fullmatch(head[0]) if head else None
    cleaner, lines = Cleaner(), _Measured(text.lines(file), file)
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        reader = csv.reader(iter(lines), delimiter=named[1] if named else _delimiter(head), strict=True)
        for cells in reader:
            if not (named and lines.begins == 1):
                yield from cleaner.rows(lines.begins, cells, file)
            lines.begins, lines.taken = reader.line_num + 1, 0
    except csv.Error as error:
        sentence = _("the row cannot be told apart into cells: {reason}").format(reason=_reason(str(error)))
        raise fault(file, lines.begins, "csv-syntax", sentence) from None
    finally:
        csv.field_size_limit(before)


def _reason(error: str) -> str:
    """What the reader of CSV found wrong, as an operator would say it."""
    if "unexpected end" in error:
        return _("a quote is opened and not closed")
    if "expected after" in error:
        return _("something stands behind a closing quote")
    if "field limit" in error:
        return _("a cell has more than {count} characters").format(count=LONGEST_CELL)
    return error


def _delimiter(head: list[str]) -> str:
    """What parts the cells: it comes equally often in most rows; numbers padded with tabs, or with a comma for their
    point, have not as many in the header.
    """
    plain = [_IN_QUOTES.sub("", line) for line in head]

    def likely(mark: str) -> tuple[int, int]:
        times = Counter(count for line in plain if (count := line.count(mark)))
        return max(((rows, count) for count, rows in times.items()), default=(0, 0))

    return max(_DELIMITERS, key=likely)


def _json_rows(text: Text, file: str) -> Iterator[Row]:
    """The objects as rows below a header, on line 0, of all their keys in the order in which they come first."""
    keys: dict[str, int] = {}
    objects: list[tuple[int, dict[str, str]]] = []
    for line, said in enumerate(text.lines(file), start=1):
        if said.strip():
            flat = _flat(said, file, line)
            for key in flat:
                keys.setdefault(key, len(keys))
            if len(keys) > MOST_COLUMNS:
                sentence = _("the rows have more than {count} different keys").format(count=MOST_COLUMNS)
                raise fault(file, line, "too-large", sentence)
            objects.append((line, flat))
    cleaner = Cleaner()
    yield Row(0, tuple(keys))
    for line, flat in objects:
        yield from cleaner.rows(line, [flat.get(key, "") for key in keys], file)


def _flat(said: str, file: str, line: int) -> dict[str, str]:
    """One object with its keys dotted; figures are the text that stands there."""
    try:
        found = json.loads(said, parse_float=str, parse_int=str, parse_constant=_no_value, object_pairs_hook=_once)
        if isinstance(found, dict):
            return dict(_leaves(found, "", 0))
        reason = _("one object a line is wanted")
    except json.JSONDecodeError as error:
        reason = f"{error.msg}, {error.colno}"
    except (ValueError, RecursionError) as error:
        reason = str(error)
    sentence = _("this line is no JSON object: {reason}").format(reason=reason)
    raise fault(file, line, "json-syntax", sentence)


def _no_value(word: str) -> str:
    raise ValueError(word)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, count in Counter(key for key, __ in pairs).items() if count > 1)
        raise ValueError(_("“{key}” stands there twice").format(key=twice))
    return found


def _leaves(value: Any, path: str, depth: int) -> Iterator[tuple[str, str]]:
    if depth > _DEEPEST:
        raise ValueError(_("it is nested too deeply"))
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}" if path else key, depth + 1)
    elif isinstance(value, list) and any(isinstance(inner, dict | list) for inner in value):
        for number, inner in enumerate(value, start=1):
            yield from _leaves(inner, f"{path}.{number}", depth + 1)
    elif isinstance(value, list):
        yield path, "\n".join(_scalar(inner) for inner in value)
    else:
        yield path, _scalar(value)


def _scalar(value: Any) -> str:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else "" if value is None else str(value)
