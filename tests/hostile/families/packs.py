"""The shop's own packs: one that is faulty is left out and named, whatever is wrong with it, and all else counts."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.case import BAD, WELL, Case
from tests.hostile.made import as_bytes

FILE = "policies/own.yaml"
_HEAD = "id: own\nissuer: shop\ntitle: {en: Ours, zh: 本店}\n"
_WINDOW = "counting: {first_day: no, roll: none}\nwindows:\n  own.days:\n    from: sold_on\n    value: {2026-01-01: {days: 30}}\n"
_LINE = "lines:\n- id: thirty\n  title: {en: x, zh: y}\n  grants: [refund]\n  within: own.days\n"
WHOLE = _HEAD + _WINDOW + _LINE
_READ: dict[str, tuple[str | bytes, str]] = {
    "not-utf8": (b"\xcd\xf5\n", "1: not-utf8"),
    "utf-16": (_HEAD.encode("utf-16"), "1: not-utf8"),
    "empty": (b"", "1: empty-file"),
    "list": (b"- a\n", "1: not-a-mapping"),
    "nuls": (b"\0" * 512, "1: control-character"),
    "control": (_HEAD + "x: \x1b[2J\n", "4: control-character"),
    "bidi": (_HEAD + "x: \u202e\n", "4: control-character"),
    "conflict": (_HEAD + "<<<<<<< HEAD\n", "4: conflict-marker"),
    "tag": (_HEAD + "x: !!python/object:os.system y\n", "4: tag"),
    "anchor": (_HEAD + "x: &a y\n", "4: anchor"),
    "duplicate": (_HEAD + "id: other\n", "4: duplicate-key"),
    "deep": (_HEAD + "x: " + "[" * 10_000, "4: too-deep"),
    "large": (_HEAD + "x: " + "y" * (1 << 20), "1: too-large"),
    "documents": (_HEAD + "---\nid: x\n", "4: several-documents"),
    "syntax": (_HEAD + "x: [\n", "5: yaml-syntax"),
}
_LENGTHS = (
    "-1",
    "0x10",
    "1e9",
    "10**10**10",
    "999999999999999999999",
    "9" * 5000,
    "NaN",
    "1/0",
    "''",
    "[1]",
    "１",
    "1.5",
)
_DAYS = ("2026-02-30", "0000-01-01", "10000-01-01", "tomorrow", "''", "2026-01-01T10:00", "../x")
_IDS = ("../../x", "/etc/passwd", "''", "A B", "own\\x1b", "[own]", "～own", "-rf", "own/x", "own.yaml", "OWN")
_ODD = {
    "whens": "  when: " + "{all: [" * 8 + "{fault: yes}" + "]}" * 8,
    "pattern": "  when: {symptom: {matches: '(a+)+$'}}",
    "unknown-fact": "  when: {no_such_fact: yes}",
    "fact-of-python": "  when: {__class__: yes}",
    "when-text": "  when: fault",
    "when-list": "  when: [[fault]]",
    "max-huge": "  when: {price: {max: " + "9" * 5000 + "}}",
    "max-nan": "  when: {price: {max: NaN}}",
    "max-exponent": "  when: {price: {max: 1e999999999}}",
    "within-itself": "  given: own/thirty",
    "given-nobody": "  given: nobody/nothing",
    "cite-nobody": "  cite: {nowhere: '1'}",
    "fee-formula": "  fee: price ** 10 ** 10 ** 10",
    "amount-zero": "  amount: price / 0",
    "liable": "  liable: __import__('os')",
    "choice": "  choice: {{ 7 * 7 }}",
}


def cases() -> Iterator[Case]:
    """Files that cannot be read, figures that explode, names that lead elsewhere, circles, shadows of what ships."""
    yield Case("whole", {FILE: WHOLE.encode()}, WELL)
    for name, (data, said) in _READ.items():
        yield _refused(f"unreadable-{name}", data, said)
    for number, text in enumerate(_LENGTHS):
        yield _refused(f"length-{number}", WHOLE.replace("days: 30", f"days: {text}"), "8…")
    for number, text in enumerate(_DAYS):
        yield _refused(f"day-{number}", WHOLE.replace("2026-01-01:", f"{text}:"), "8…")
    for number, text in enumerate(_IDS):
        quoted = f'"{text}"' if "\\" in text else text
        said = "1: control-character" if "x1b" in text else "1…"
        yield _refused(f"id-{number}", WHOLE.replace("id: own\n", f"id: {quoted}\n"), said)
    for name, text in _ODD.items():
        yield Case(f"line-{name}", {FILE: as_bytes(f"{WHOLE}{text}\n")}, BAD, (f"{FILE}…",))
    for key in ("windows", "lines", "bars", "benefits", "plans", "sources", "duties", "points", "credo", "checklists"):
        for number, value in enumerate(("x", "[x]", "[[x]]", "{x: y}", "[{id: ../x}]", "[~]")):
            text = f"{_HEAD}{key}: {value}\n"
            yield Case(f"shape-{key}-{number}", {FILE: text.encode()}, BAD, (f"{FILE}…",))
    yield _refused("unknown-key", f"{_HEAD}include: ../../etc/passwd\n", "4…")
    yield _refused("five-thousand-unknown-keys", _HEAD + "".join(f"k{n}: x\n" for n in range(5_000)),
                   *(f"{n}…" for n in range(4, 104)))  # fmt: skip
    lines = f"{_HEAD}lines:\n" + "- id: x\n" * 10_000
    yield Case("ten-thousand-bad-lines", {FILE: lines.encode()}, BAD, (f"{FILE}…",))
    yield Case("extends-itself", {FILE: f"{_HEAD}extends: own\n".encode()}, WELL)
    yield Case("extends-each-other", {
        FILE: f"{WHOLE}extends: other\n".encode(),
        "policies/other.yaml": WHOLE.replace("id: own", "id: other").replace("own.days", "other.days").encode()
        + b"extends: own\n",
    }, WELL)  # fmt: skip
    yield Case("twice-one-id", {FILE: WHOLE.encode(), "policies/twin.yaml": WHOLE.encode()}, BAD,
               ("policies/twin.yaml:1: repeated",))  # fmt: skip
    yield Case("beside-a-bad-one", {FILE: WHOLE.encode(), "policies/bad.yaml": b"id: [\n"}, BAD,
               ("policies/bad.yaml:2: yaml-syntax",))  # fmt: skip
    yield Case("shadows-what-ships", {"policies/delivery-standard.yaml": _HEAD.replace("own", "delivery-standard").encode()
               + b"lines: []\n"}, WELL)  # fmt: skip


def _refused(name: str, data: str | bytes, *said: str) -> Case:
    return Case(name, {FILE: as_bytes(data)}, BAD, tuple(f"{FILE}:{one}" for one in said))
