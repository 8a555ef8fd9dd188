"""Readers against made-up input: whatever it is, the answer is a value or the refusal that was promised."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aftercare.answers.filters import where
from aftercare.answers.finding import search
from aftercare.book.book import Book
from aftercare.book.settings import settings_of
from aftercare.book.shelf import read_record
from aftercare.errors import EditNotFaithful, InvalidInput, NotADate, NotPlainText, UsageProblem
from aftercare.plain import lunar, moments, money, names, opening, phones, sheets
from aftercare.plain.reading import Unreadable, read, read_many
from aftercare.plain.splicing import Append, Edit, NoSuchPath, Remove, Set, apply
from aftercare.plain.text import fold
from aftercare.plain.tree import Tree
from aftercare.plain.words import understand
from aftercare.policies import load
from aftercare.policies.authoring.cases import read_cases
from aftercare.records.typed import Setting
from tests.hostile import good

ROOT = Path(__file__).resolve().parent.parent.parent
NOW = datetime(2026, 11, 20, 10)
_SIGNS = st.sampled_from(list("ab:-#[]{},&*!|>'\"%@`?~<= \t\n\r\\0 1一\x00\x1b\x85\u2028\ufeff\u202e\ud800"))
_YAMLISH = st.lists(st.one_of(_SIGNS, st.sampled_from(["a: ", "- ", "\n  ", "---\n", "...\n", "<<: ", "null", "|\n ", "%TAG "])),
                    max_size=40).map("".join)  # fmt: skip
_TEXTS = st.one_of(st.text(max_size=30), _YAMLISH)
_FIGURES = st.text(alphabet="0123456789０１٣.,+-eE_ ¥元￥CNYUSDnaif", max_size=12)
_MANY = settings(max_examples=80)


@given(st.one_of(st.binary(max_size=60), _YAMLISH.map(lambda text: text.encode("utf-8", "surrogatepass"))))
@example(b"a: 1\n...\n%TAG ! x\n---\n")
@example(b".\t:")
@settings(max_examples=400)
def test_reading(data: bytes) -> None:
    """Any bytes are a mapping or faults with lines; what is taken is what the parser's own scalars say, to the letter."""
    try:
        tree = read(data, "f")
    except Unreadable as error:
        assert error.faults
        assert all(1 <= fault.line <= data.count(b"\n") + data.count(b"\r") + 2 for fault in error.faults)
        return
    texts = [event.value for event in yaml.parse(data.decode("utf-8-sig"), yaml.CSafeLoader)
             if isinstance(event, yaml.ScalarEvent)]  # fmt: skip
    assert _texts(tree) == [text for text in texts if text not in {"", "~", "null"}] or {"", "~", "null"} & {*texts}


def _texts(tree: Tree) -> list[str]:
    if isinstance(tree, dict):
        return [text for key, value in tree.items() for text in (key, *_texts(value))]
    if isinstance(tree, list):
        return [text for value in tree for text in _texts(value)]
    return [] if tree is None else [tree]


@given(st.binary(max_size=60))
@_MANY
def test_other_readers(data: bytes) -> None:
    """Records, settings, packs, worked cases, lists of records and spreadsheets take bytes or refuse them with faults."""
    assert read_record("customers/2026/CU26-0002.yaml", data, Setting("Asia/Shanghai", "CNY"))
    assert settings_of(data).settings is not None
    for reader, refusal in ((load.parse, load.BadPack), (read_many, Unreadable), (sheets.read, InvalidInput)):
        try:
            assert reader(data, "f") is not None
        except refusal as error:
            assert error.faults
    assert read_cases(data, "f") is not None


_PACKS = sorted((ROOT / "aftercare" / "policies" / "packs").glob("*.yaml"))
_RECORDS = sorted((ROOT / "data").glob("*/*/*.yaml"))
_CASES = sorted((ROOT / "tests" / "cases").glob("*.yaml"))


def mutated(draw: st.DrawFn, data: bytes) -> bytes:
    """The bytes with a few of them taken out, doubled, or exchanged for something else."""
    for _time in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        end = min(len(data), at + draw(st.integers(0, 30)))
        new = draw(st.one_of(st.binary(max_size=4), _TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")),
                             st.just(data[at:end] * 2), _FIGURES.map(str.encode)))  # fmt: skip
        data = data[:at] + new + data[end:]
    return data


@given(st.data())
@settings(max_examples=12)
def test_mutated_packs(data: st.DataObject) -> None:
    """A shipped pack with a few bytes otherwise is a pack or is refused with faults, each on a line of the file."""
    path = data.draw(st.sampled_from(_PACKS))
    changed = data.draw(st.composite(mutated)(path.read_bytes()))
    try:
        load.parse(changed, "policies/own.yaml")
    except load.BadPack as error:
        assert error.faults


@given(st.data())
@settings(max_examples=80)
def test_mutated_records(data: st.DataObject) -> None:
    """A record of the sample shop with a few bytes otherwise is a record, a tombstone, or refused with faults."""
    path = data.draw(st.sampled_from(_RECORDS))
    changed = data.draw(st.composite(mutated)(path.read_bytes()))
    outcome = read_record(str(path.relative_to(ROOT / "data")), changed, Setting("Asia/Shanghai", "CNY"))
    assert outcome


@given(st.data())
@settings(max_examples=8)
def test_mutated_cases(data: st.DataObject) -> None:
    """A file of worked cases with a few bytes otherwise is read as far as it goes."""
    path = data.draw(st.sampled_from(_CASES))
    changed = data.draw(st.composite(mutated)(path.read_bytes()[:4000]))
    assert read_cases(changed, "f") is not None


_STEPS = st.sampled_from(["name", "note", "tags", "address", "text", "zzz"])
_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.text(alphabet="ab：:#'\"- \n王0", max_size=8),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_STEPS, inner, max_size=3)),
    max_leaves=4,
)
_EDITS = st.one_of(
    st.builds(Set, st.tuples(_STEPS), _VALUES),
    st.builds(Set, st.tuples(_STEPS, _STEPS), _VALUES),
    st.builds(Append, st.tuples(_STEPS), _VALUES),
    st.builds(Remove, st.tuples(_STEPS)),
)


@given(st.sampled_from(_RECORDS), st.lists(_EDITS, min_size=1, max_size=3))
@_MANY
def test_editing(path: Path, edits: list[Edit]) -> None:
    """An edit is done as meant, or refused; comments and lines that it is not about stay byte for byte."""
    data = path.read_bytes()
    try:
        changed = apply(data, edits, path.name)
    except (EditNotFaithful, NotPlainText, NoSuchPath):
        return
    before, after = read(data, "f"), read(changed, "f")
    touched = {str(edit.path[0]) for edit in edits}
    assert {key: value for key, value in before.items() if key not in touched} == {
        key: value for key, value in after.items() if key not in touched
    }
    assert [line for line in data.splitlines() if line.startswith(b"#")] == [
        line for line in changed.splitlines() if line.startswith(b"#")
    ]


@given(_TEXTS)
@example("9999年12月31日")
@example("+9999y")
@example("农历99月99日")
@_MANY
def test_words_for_dates(text: str) -> None:
    """Words are a moment or NotADate, on the first and the last day of the calendar too."""
    for now in (NOW, datetime.min, datetime.max):
        try:
            assert isinstance(understand(text, now, "Asia/Shanghai"), date)
        except NotADate:
            continue


_DATE_WORDS = ["today", "明天", "下周三", "月底", "农历", "八月十五", "闰", "+", "-", "9999", "0", "d", "w", "m", "y", "年", "月",
               "日", "点", "半", ":", "T", "Z", "+14:00", "-12:00", "0001-01-01", "9999-12-31", "23:59", " ", "后", "前", "大"]  # fmt: skip


@given(st.lists(st.sampled_from(_DATE_WORDS), max_size=7).map("".join))
@settings(max_examples=100)
def test_words_put_together(text: str) -> None:
    """So too where the bits are those of real dates."""
    test_words_for_dates.hypothesis.inner_test(text)  # type: ignore[attr-defined]
    for reader in (lambda said: moments.parse(said, "Pacific/Kiritimati"), lunar.parse, opening.hours, opening.closed):
        try:
            reader(text)
        except ValueError:
            continue


@given(st.one_of(_FIGURES, _TEXTS), st.sampled_from(["", "CNY", "JPY", "KWD"]))
@_MANY
def test_amounts(text: str, currency: str) -> None:
    """An amount is said back exactly, or refused: nothing is rounded, no sign or exponent is guessed at."""
    try:
        amount = money.parse(text, currency)
    except ValueError:
        return
    typed = re.sub(r"[^0-9.]", "", fold(text))
    assert amount.value == Decimal(typed)
    assert money.parse(money.plain(amount), currency) == amount


@given(_TEXTS, _TEXTS)
@_MANY
def test_phones_and_names(one: str, other: str) -> None:
    """Phones and names of any text are compared; a text of letters is found in itself."""
    assert phones.matches(one, other) in {True, False}
    assert names.matches(one, other) in {True, False}
    assert isinstance(phones.digits(one), str)
    assert not fold(one) or names.matches(one, one)


_ROWS: list[dict[str, Any]] = [{"id": "CU26-0001", "name": "王建国", "phones": ["138", "010 1"], "price": "40.00", "km": 12.5, "yes": True},
         {"id": "CU26-0002", "name": "O'Brien % _", "phones": [], "price": None, "km": None, "yes": False}]  # fmt: skip


@given(st.sampled_from(["id", "name", "phones", "price", "km"]), st.sampled_from(["=", "!=", "~"]), st.one_of(
    _TEXTS, _FIGURES, st.sampled_from(["'", '"', "%", "_", "*", "NEAR", "sNaN", "NaN", "40", "40.0", "Infinity", "1e400"])))  # fmt: skip
@settings(max_examples=200)
def test_filters(field: str, sign: str, text: str) -> None:
    """A filter gives the rows that a plain look at each gives, or refuses."""
    try:
        found = where(_ROWS, f"{field}{sign}{text}", NOW)
    except UsageProblem:
        return
    wanted = fold(text.strip()).casefold()
    for row in _ROWS:
        held = row[field] if isinstance(row[field], list) else [] if row[field] is None else [row[field]]
        said = [fold(str(one)).casefold() for one in held]
        if sign == "~":
            assert (row in found) == any(wanted in one for one in said)
        elif wanted in said:
            assert (row in found) == (sign == "=")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The records of the good book."""
    root = tmp_path_factory.mktemp("good")
    good.lay(root)
    return Book(root).read()


@given(_TEXTS)
@_MANY
def test_finding(shelf: Any, text: str) -> None:
    """Any text finds some records or none."""
    assert {record.id for record in search(shelf, text)} <= set(shelf.records)


def test_what_was_found_before() -> None:
    """Inputs that once broke a reader, kept under ``found/``, each under the name of what it would have cost."""
    kept = json.loads((Path(__file__).with_name("found") / "moments.json").read_text("utf-8"))
    assert kept
    for text in kept:
        with pytest.raises(ValueError, match="-"):
            moments.parse(text, "Asia/Shanghai")
        with pytest.raises(NotADate):
            understand(text, NOW, "Asia/Shanghai")
