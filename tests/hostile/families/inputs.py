"""Files named on the command line: records, spreadsheets, maps, packs, cases; all of one or nothing of it."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.hostile.case import ANY, BAD, Case, Laid, link
from tests.hostile.families.packs import WHOLE
from tests.hostile.made import as_bytes

_FROM: dict[str, tuple[str, str | bytes, str]] = {
    "json-cut-off": ("x.json", '{"name": ', "1: json-syntax"),
    "json-nan": ("x.json", '{"name": NaN}', "1: json-syntax"),
    "json-infinity": ("x.json", '{"name": -Infinity}', "1: json-syntax"),
    "json-deep-lists": ("x.json", '{"a": ' + "[" * 100_000, "1: too-deep"),
    "json-deep-closed": ("x.json", '{"a": ' + "[" * 100_000 + "]" * 100_000 + "}", "1: too-deep"),
    "json-deep-groups": ("x.json", '{"a": ' * 100_000, "1: too-deep"),
    "json-depth-21": ("x.json", '{"name": "x", "a": ' + "[" * 21 + '"x"' + "]" * 21 + "}", "1: too-deep"),
    "json-depth-500": ("x.json", '{"name": "x", "a": ' + "[" * 500 + '"x"' + "]" * 500 + "}", "1: too-deep"),
    "json-depth-900": ("x.json", '{"name": "x", "a": ' + "[" * 900 + '"x"' + "]" * 900 + "}", "1: too-deep"),
    "json-depth-300-groups": (
        "x.json",
        '{"name": "x", "a": ' + '{"a": ' * 300 + '"x"' + "}" * 300 + "}",
        "1: too-deep",
    ),
    "json-list-deep": ("x.json", "[" * 100_000, "1: too-deep"),
    "json-list-open": ("x.json", '[{"name": "x"}', "1: json-syntax"),
    "json-list-comma": ("x.json", '[{"name": "x"},]', "1: json-syntax"),
    "json-twice-a-key": ("x.json", '{"name": "x", "name": "y"}', "1: duplicate-key"),
    "json-twice-inside": ("x.json", '{"name": "x", "address": {"text": "a", "text": "b"}}', "1: duplicate-key"),
    "json-rest": ("x.json", '{"name": "x"} {}', "1: json-syntax"),
    "json-single-quotes": ("x.json", "{'name': 'x'}", "1: json-syntax"),
    "json-comment": ("x.json", '// x\n{"name": "x"}', "1: json-syntax"),
    "json-nul": ("x.json", '{"name": "x\\u0000"}', "1: control-character"),
    "json-escape": ("x.json", '{"name": "\\u001b[2J"}', "1: control-character"),
    "json-bidi": ("x.json", '{"name": "\\u202e"}', "1: control-character"),
    "json-lone-surrogate": ("x.json", '{"name": "\\ud800"}', "1: control-character"),
    "json-low-surrogate": ("x.json", '{"name": "x", "note": "\\udfff"}', "1: control-character"),
    "json-surrogate-key": ("x.json", '{"name": "x", "\\ud800": "y"}', "1: bad-key"),
    "json-raw-control": ("x.json", '{"name": "a\x01"}', "1: control-character"),
    "json-raw-line-break": ("x.json", '{"name": "a\nb"}', "1: json-syntax"),
    "json-number-huge": ("x.json", '{"name": "x", "address": {"distance_km": 1e400}}', "1: number"),
    "json-number-of-5000": ("x.json", '{"name": "x", "address": {"distance_km": ' + "9" * 5000 + "}}", "1: number"),
    "json-utf-16": ("x.json", '{"name": "x"}'.encode("utf-16"), "1: not-utf8"),
    "json-gbk": ("x.json", '{"name": "王建国"}'.encode("gbk"), "1: not-utf8"),
    "json-empty": ("x.json", "", "1: json-syntax"),
    "json-null": ("x.json", "null", "1: not-a-record"),
    "json-text": ("x.json", '"x"', "1: not-a-record"),
    "json-number": ("x.json", "1" * 5000, "1: not-a-record"),
    "json-of-texts": ("x.json", '["a", "b"]', "1: not-a-record"),
    "json-empty-key": ("x.json", '{"name": "x", "": "y"}', "1: bad-key"),
    "json-key-of-101": ("x.json", '{"name": "x", "' + "k" * 101 + '": "y"}', "1: bad-key"),
    "json-other-kind": ("x.json", '{"kind": "sale", "name": "x"}', "1: kind"),
    "json-kind-a-list": ("x.json", '{"kind": ["customer"], "name": "x"}', "1: kind"),
    "jsonl-second-bad": ("x.jsonl", '{"name": "x"}\n{"name": \n', "2: json-syntax"),
    "jsonl-second-deep": ("x.jsonl", '{"name": "x"}\n{"a":' + "[" * 50_000 + "\n", "2: too-deep"),
    "jsonl-two-on-a-line": ("x.jsonl", '{"name": "x"}{"name": "y"}\n', "1: json-syntax"),
    "jsonl-separator": ("x.jsonl", '{"name": "x\u2028y"}\n', "1: control-character"),
    "yaml-tag": ("x.yaml", "name: !!python/object:os.system x\n", "1: tag"),
    "yaml-anchor": ("x.yaml", "- &a {name: x}\n- *a\n", "…"),
    "yaml-deep": ("x.yaml", "a: " + "[" * 50_000, "1: too-deep"),
    "yaml-twice": ("x.yaml", "name: x\nname: y\n", "2: duplicate-key"),
    "yaml-documents": ("x.yaml", "name: x\n---\nname: y\n", "2: several-documents"),
    "yaml-text": ("x.yaml", "hello\n", "1: not-a-record"),
    "yaml-empty": ("x.yaml", "", "1: empty-file"),
    "yaml-list-of-lists": ("x.yaml", "- []\n- [a]\n", "…"),
    "yaml-control": ("x.yaml", 'name: "\\e[2J"\n', "1: control-character"),
    "yaml-missing": ("x.yaml", "- {name: x}\n- {phones: [1]}\n", "2: missing"),
    "no-suffix": ("x", "{[}", "1…"),
    "future": ("x.yaml", "name: x\nsince: 9999-12-31\n", "1: future"),
    "nowhere": ("x.yaml", "name: x\nreferred_by: CU26-0099\n", "1: reference"),
    "date-with-an-offset": ("x.yaml", "name: x\nsince: 0001-01-01T00:00+14:00\n", "2: date"),
    "wide": ("x.yaml", "name: x\ntags: [" + "[], " * 50_000 + "]\n", "2: shape"),
}


def _packed(name: str, size: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed, packed.open(name, "w", force_zip64=True) as part:
        for _block in range(size >> 20):
            part.write(b"\0" * (1 << 20))
    return out.getvalue()


_KOREAN = "김민수 서울특별시 강남구 테헤란로"
_SHEETS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "nul": ("x.csv", lambda: "姓名,电话\n王\0,1\n".encode(), "2: not-a-sheet"),
    "utf-16-unmarked": ("x.csv", lambda: "姓名,电话\n王,1\n".encode("utf-16-le"), "1: not-a-sheet"),
    "latin-1": ("x.csv", lambda: b"name,phone\nJ\xf6rg\xff\xff,1\n", "2: encoding"),
    "korean": ("x.csv", lambda: f"이름,전화\n{_KOREAN},1\n".encode("euc_kr"), "1: encoding"),
    "of-taiwan": ("x.csv", lambda: "姓名,電話\n陳淑芬,1\n林志豪,2\n".encode("big5"), "1: encoding"),
    "hungarian": ("x.csv", lambda: "Név,Város\nKovács Győző,Fűzfő\n".encode("cp1250"), "1: encoding"),
    "polish": ("x.csv", lambda: "name,phone\nMichał,1\n".encode("cp1250"), "2: encoding"),
    "open-quote": ("x.csv", lambda: '姓名,电话\n"王,1\n'.encode(), "2: csv-syntax"),
    "quote-rest": ("x.csv", lambda: '姓名,电话\n"王"x,1\n'.encode(), "2: csv-syntax"),
    "field-of-a-megabyte": ("x.csv", lambda: "姓名,电话\n".encode() + b"x" * (1 << 20) + b",1\n", "2: csv-syntax"),
    "empty": ("x.csv", lambda: b"", "1: empty-file"),
    "only-commas": ("x.csv", lambda: b",,,\n,,,\n", "1: empty-file"),
    "old-excel": ("x.xls", lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 512, "1: not-a-sheet"),
    "zip-cut-off": ("x.xlsx", lambda: b"PK\x03\x04" + b"\0" * 100, "1: not-a-sheet"),
    "zip-bomb": ("x.xlsx", lambda: _packed("xl/worksheets/sheet1.xml", 300 << 20), "1: too-large"),
    "zip-of-nothing": ("x.xlsx", lambda: _packed("a.txt", 1 << 20), "1: not-a-sheet"),
    "html": ("x.xls", lambda: b"<html><table><tr><td>x</td></tr></table></html>", "1…"),
    "twice-a-column": ("x.csv", lambda: "姓名,姓名,电话\n王,李,13800138000\n".encode(), "1…"),
}


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        os.truncate(file.fileno(), 5 << 30)


def _fifo(path: Path) -> None:
    os.mkfifo(path)


_STRANGE: dict[str, Laid] = {"sparse": _sparse, "fifo": _fifo, "zero": link("/dev/zero"), "folder": Path.mkdir}

_READERS: dict[str, tuple[str, ...]] = {
    "from": ("customer", "add", "--from"),
    "import": ("import", "customer"),
    "check": ("policy", "check"),
    "test": ("policy", "test"),
    "diff": ("policy", "diff", "--pack"),
}


_MAPS: dict[str, str | bytes] = {
    "list": "- a\n",
    "tag": "columns: !!python/object:os.system x\n",
    "empty": "",
    "deep": "a: " + "[" * 9999,
    "unknown": "nothing: x\n",
    "control": "columns: {name: \x1b}\n",
    "gbk": b"columns: {name: \xd0\xd5}\n",
}


def cases() -> Iterator[Case]:
    """``add --from``, ``import``, ``policy check``, ``policy test``, ``policy diff``."""
    for name, (file, data, said) in _FROM.items():
        adding = ("customer", "add", "--from", f"{{outside}}/{file}")
        yield Case(f"from-{name}", {}, BAD, (f"{{outside}}/{file}:{said}",), words=adding,
                   outside={file: as_bytes(data)})  # fmt: skip
    for name in ("json-nan", "yaml-tag", "json-lone-surrogate", "json-deep-lists"):
        __, data, said = _FROM[name]
        yield Case(f"stdin-{name}", {}, BAD, (f"-:{said if 'deep' not in name else '1…'}",),
                   words=("customer", "add", "--from", "-"), stdin=as_bytes(data))  # fmt: skip
    for name, (file, made, said) in _SHEETS.items():
        words = ("import", "customer", f"{{outside}}/{file}")
        yield Case(f"sheet-{name}", {}, BAD, (f"{{outside}}/{file}:{said}",), words=words, outside={file: made()})
    for name, thing in _STRANGE.items():
        for verb, reader in _READERS.items():
            yield Case(f"{verb}-{name}", {}, ANY, ("…",), words=(*reader, "{outside}/x.csv"), outside={"x.csv": thing})
    for name, said_of_columns in _MAPS.items():
        sheet = "姓名,电话\n王五,13800138000\n".encode()
        yield Case(f"map-{name}", {}, BAD, ("{outside}/map.yaml…",), outside={"x.csv": sheet, "map.yaml": as_bytes(said_of_columns)},
                   words=("import", "customer", "{outside}/x.csv", "--map", "{outside}/map.yaml"))  # fmt: skip
    for name, text in {
        "cases-list": "- a\n", "cases-tag": "cases: !!map {}\n", "cases-deep": "cases: " + "[" * 9999, "cases-text": "cases: x\n",
        "cases-facts": "cases:\n- {id: X, law: cn-cpl, today: 2026-02-30, facts: [x], expect: y}\n",
        "cases-money": "cases:\n- {id: X, law: cn-cpl, today: 2026-01-01, facts: {price: 1e999999999}, expect: {fee: 1e99}}\n",
    }.items():  # fmt: skip
        yield Case(name, {}, ANY, ("{outside}/x.yaml…",), outside={"x.yaml": as_bytes(text)},
                   words=("policy", "test", "{outside}/x.yaml"))  # fmt: skip
    yield Case("pack-beside", {}, BAD, ("{outside}/x.yaml…",), outside={"x.yaml": WHOLE.replace("30}", "1e9}").encode()},
               words=("policy", "diff", "--pack", "{outside}/x.yaml"))  # fmt: skip
