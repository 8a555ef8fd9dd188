"""The catalogue of sentences: nothing of it is missing, out of date, or half in English."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo

from tests.messages import COMPILED, PACKAGE, chinese, compiled, ours

TYPED_AS_IT_IS = re.compile(
    r"\{[^}]*\}"  # placeholders
    r"|%\(\w+\)s"
    r"|--[a-z-]+"  # flags
    r"|\bEDITOR=nano\b|\bFIELD\.(?:before|from|none)\b"
    r"|\b(?:Datasette|Parquet|SQLite)\b|\bFILE\.metadata\.json\b|\baftercare export\b"
    r"|[A-Z][A-Z0-9_.]*\b"  # metavars, and names such as YAML
    r"|\baftercare (?:policy list|\{kind\} checklist)\b"
    r"|\baftercare(?:\.yaml|-book)?\b(?: (?:init|import|edit|set|check|log|undo|sql|policy categories)\b)?(?: … set\b)?"
    r"|\bgit (?:init|fetch|status)\b"
    r"|^sql(?=：)"
    r"|\bcustomer add\b|\bpip install\b|\bseagull-watches\b"
    r"|\b(?:files|references|delivery|installation|visits|claims|promises|complaints|book)(?=[、。])"
    r"|\b(?:git|none|told|plan|lunar|goods|use|yes)\b"  # words of a record or a program
    r"|\btime_zone\b"
    r"|\b(?:columns|constants|dates|packs|category|region|replaces|step|name)\b(?=[:：、 ]|$)"  # keys of a file
    r"|\b(?:counting|calendar|narrower)\b"
    r"|\blatest、earliest、end、day_after$|\bafter: taken_in\b"
    r"|\b[a-z]+=…"  # values of a group
)
"""What an operator types or reads in a file, in any language."""
WORD = re.compile(r"[A-Za-z]{3,}")
CLICKS_TYPE = "{value!r} is not a valid {number_type}."
"""Click fills in an English word that is in no catalogue; the Chinese does without."""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """The Chinese catalogue."""
    return chinese()


@pytest.fixture(scope="module")
def collected() -> Catalog:
    """Every sentence that the code holds now."""
    return ours()


def _key(message: Message) -> tuple[str | None, str]:
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def _texts(message: Message) -> tuple[str, ...]:
    """The translation, in all its forms."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _said(catalog: Catalog) -> dict[tuple[str | None, str], tuple[str, ...]]:
    return {_key(message): _texts(message) for message in catalog if message.id}


def _placeholders(text: str) -> set[str]:
    """What is filled in: names in braces, and Click's own ``%(prog)s``."""
    if "%(" in text:
        return set(re.findall(r"%\(\w+\)s", text))
    return {f"{name}!{turned or ''}:{spec or ''}" for _, name, spec, turned in Formatter().parse(text) if name}


def test_every_sentence_is_translated(catalog: Catalog, collected: Catalog) -> None:
    """What the code says in English it says in Chinese: run ``make messages``, then translate what is empty."""
    known = _said(catalog)
    missing = [_key(message) for message in collected if message.id and not all(known.get(_key(message), ("",)))]
    assert missing == []


def test_nothing_is_kept_that_nobody_says(catalog: Catalog) -> None:
    """No obsolete, fuzzy or empty message lies about."""
    assert not catalog.obsolete
    assert [_key(message) for message in catalog if message.id and (message.fuzzy or not all(_texts(message)))] == []


def test_the_compiled_catalogue_is_current(catalog: Catalog) -> None:
    """Python reads the .mo: it says what the .po says."""
    assert _said(read_mo(io.BytesIO(COMPILED.read_bytes()))) == _said(read_mo(io.BytesIO(compiled(catalog))))


def test_the_same_things_are_filled_in(catalog: Catalog) -> None:
    """A placeholder that is lost, added or misspelt would fail when the sentence is needed."""
    wrong = []
    for message in catalog:
        if message.id:
            # Chinese has one form for any number, which stands for the English plural.
            original = message.id if isinstance(message.id, str) else message.id[-1]
            wanted = set() if message.context else _placeholders(original)
            if message.id == CLICKS_TYPE:
                wanted = {"value!r:"}
            wrong += [_key(message) for text in _texts(message) if _placeholders(text) != wanted]
    assert wrong == []


def test_no_translation_is_half_english(catalog: Catalog) -> None:
    """An ASCII word of three letters or more is one that is typed as it stands, or a name."""
    english = {
        _key(message): found
        for message in catalog
        if message.id
        for text in _texts(message)
        if (found := WORD.findall(TYPED_AS_IT_IS.sub(" ", text))) and message.id != text
    }
    assert english == {}


def test_sentences_use_chinese_punctuation(catalog: Catalog) -> None:
    """Between Chinese characters stand Chinese commas, colons, stops and brackets."""
    halfwidth = re.compile(r"[\u4e00-\u9fff][,;:!?]|[\u4e00-\u9fff]\.(?!\.)|\([^)]*[\u4e00-\u9fff]")
    titles = re.compile(r"\((?:km|kg|月|分钟)\)")
    wrong = [
        text
        for message in catalog
        if message.id
        for text in _texts(message)
        if halfwidth.search(titles.sub("", re.sub(r"“[^”]*”|\{lunar: 八月十五\}", "", text)))
    ]
    assert wrong == []


def _hidden(path: Path) -> Iterator[str]:
    """Sentences inside f-strings, which no collector of messages sees."""
    strings = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.JoinedStr))
    for node in (inner for string in strings for inner in ast.walk(string)):
        match node:
            case ast.Call(func=ast.Name(id="_" | "N_" | "plural"), args=[ast.Constant(value=str(sentence)), *_]):
                yield f"{path.name}:{node.lineno}: {sentence}"


def test_no_sentence_hides_in_an_f_string() -> None:
    """A sentence within an f-string is not collected, so nobody would translate it."""
    assert [found for path in sorted(PACKAGE.rglob("*.py")) for found in _hidden(path)] == []
