"""The catalogues of sentences: collected from the code and the models, merged into the Chinese, compiled.

``python -m tests.messages`` (``make messages``) writes ``aftercare.pot``, brings ``zh/LC_MESSAGES/aftercare.po`` up to
date, keeping what is translated, and compiles it.  ``tests/test_messages.py`` proves that nothing of it is out of date.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from pydantic import BaseModel

from aftercare.plain.reading import read
from aftercare.plain.tree import Tree
from aftercare.policies.vocabulary import Fact, facts
from aftercare.records.fields import PartOfLine
from aftercare.records.kinds import MODELLED, model_of
from aftercare.records.names import KINDS
from aftercare.records.schema import fields_of

PACKAGE = Path(__file__).parent.parent / "aftercare"
LOCALE = PACKAGE / "locale"
CHINESE = LOCALE / "zh" / "LC_MESSAGES" / "aftercare.po"
COMPILED = CHINESE.with_suffix(".mo")
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "plural": (1, 2),
    "need": (1,),
    "may": (1,),
    "many": (1,),
    "named": (1,),
}
HEADER = """# The sentences of aftercare in Chinese.
msgid ""
msgstr ""
"Language: zh\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
"""It says nothing that changes from day to day, so the catalogue changes only with its sentences."""
MADE = datetime(2026, 1, 1, tzinfo=UTC)
METHODS = [("**.py", "python"), ("**.html", "jinja2")]


def ours() -> Catalog:
    """Every sentence of the code, every word of a closed list, every field's name."""
    catalog = Catalog(project="aftercare", charset="utf-8")
    found = extract_from_dir(str(PACKAGE), METHODS, {"**.html": {"silent": "false"}}, keywords=KEYWORDS)
    for _file, _line, message, comments, context in found:
        catalog.add(message, None, auto_comments=comments, context=context)
    for code in sorted(words()):
        catalog.add(code, context="word")
    for verb in sorted(verbs()):
        catalog.add(verb, context="command")
    for name in sorted(set(fields())):
        catalog.add(name, context="field")
    return catalog


def verbs() -> set[str]:
    """The words of the commands that write, of which the history speaks."""
    from aftercare.book.titles import ALONE, VERBS

    return {*VERBS, *(name.strip(":") for name in ALONE)}


def clicks() -> Catalog:
    """The sentences that Click shows by itself: its helps, its errors."""
    catalog = Catalog()
    folder = str(Path(click.__file__).parent)
    for _file, _line, message, _comments, context in extract_from_dir(folder, [("**.py", "python")]):
        catalog.add(message, None, context=context)
    return catalog


def words() -> set[str]:
    """The words of all closed lists."""
    from aftercare.answers.observed import WHATS
    from aftercare.answers.states import ENDED, OPEN
    from aftercare.answers.wishes import STAGES
    from aftercare.policies import vocabulary
    from aftercare.policies.authoring.cases import CONFIDENCE
    from aftercare.policies.lines import LIABLE
    from aftercare.policies.load import shipped
    from aftercare.policies.pack import ISSUERS, SURE
    from aftercare.policies.plans import EVENTS
    from aftercare.policies.standards import SKILLED
    from aftercare.records.words import PROMISE_KINDS, REMEDIES

    choices = {choice for part in parts() for field in fields_of(part) for choice in field.choices}
    questions = {question.id for pack in shipped() for plan in pack.plans for question in plan.asks}
    questions |= {one.id for pack in shipped() for checklist in pack.standards.checklists for one in checklist.asks}
    circumstances = {choice for fact in vocabulary.facts().values() for choice in (*fact.choices, *_parts_of(fact))}
    derived = {"asked_by_customer", "asked_by_shop", "not_agreed", "record", "unit", "complete", "incomplete"}
    derived |= {"taken_up", "not_taken_up", *STAGES, "given", "wants", "gave", "refused"}
    derived |= {"settings", "policy", "incoming", "understood", "partly_understood", *ENDED, *OPEN, *questions, *WHATS}
    rights = {name for pack in shipped() for line in pack.law.lines for name in line.grants}
    closed = {
        *rights,
        *LIABLE,
        *CONFIDENCE,
        *PROMISE_KINDS,
        *REMEDIES,
        *ISSUERS,
        *SURE,
        *EVENTS,
        *SKILLED,
        *(kind.name for kind in KINDS),
        *(value for pack in shipped() for value in _wanted(read(pack.data, pack.file))),
    }
    return choices | circumstances | derived | closed


def _parts_of(fact: Fact) -> Iterator[str]:
    """The parts of a group, and the texts that they may be."""
    yield from fact.parts
    yield from (choice for kind in fact.parts.values() if not isinstance(kind, str) for choice in kind)


def _wanted(tree: Tree) -> Iterator[str]:
    """The codes that lines want of the texts within groups, like ``promised.what: no_reason_return``."""
    if isinstance(tree, list):
        yield from (value for one in tree for value in _wanted(one))
    elif isinstance(tree, dict):
        for key, value in tree.items():
            yield from _wanted(value)
            known = facts().get(key)
            if known and known.type == "text" and (known.measured or key == "invoice"):
                entries = value if isinstance(value, list) else [value]
                yield from (one for one in entries if isinstance(one, str) and re.fullmatch("[a-z_]{3,}", one))


def fields() -> Iterator[str]:
    """The names of all fields, ``Part.field``, and of the nested ones that lists show as columns."""
    for part in parts():
        yield from (f"{part.__name__}.{field.name}" for field in fields_of(part))
    for kind in MODELLED:
        yield from (f"{kind.capitalize()}.{path}" for path in model_of(kind).summary if "." in path)


def parts() -> Iterator[type[BaseModel]]:
    """Every model, and every part of one."""
    waiting: list[type[BaseModel]] = [PartOfLine, *(model_of(kind) for kind in MODELLED)]
    seen: set[type[BaseModel]] = set()
    while waiting:
        part = waiting.pop()
        if part not in seen:
            seen.add(part)
            yield part
            waiting.extend(field.part for field in fields_of(part) if field.part)


def chinese() -> Catalog:
    """The Chinese catalogue as it stands."""
    if not CHINESE.exists():
        return Catalog(locale="zh", domain="aftercare", charset="utf-8")
    with CHINESE.open("rb") as file:
        return read_po(file, locale="zh", domain="aftercare", charset="utf-8")


def compiled(catalog: Catalog) -> bytes:
    """The bytes that Python reads; they say nothing of when or by what they were made."""
    catalog.creation_date = catalog.revision_date = MADE
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return in_order(buffer.getvalue())


def in_order(made: bytes) -> bytes:
    """A compiled catalogue with its tables in the order of the sentences' bytes, in which readers look for them.

    Babel sorts words of a context by the word, and writes the context before it.
    """
    count, sentences, said = struct.unpack_from("<3I", made, 8)
    pairs = [
        (struct.unpack_from("<2I", made, sentences + 8 * row), struct.unpack_from("<2I", made, said + 8 * row))
        for row in range(count)
    ]
    pairs.sort(key=lambda pair: made[pair[0][1] : sum(pair[0])])
    rows = [b"".join(struct.pack("<2I", *pair[side]) for pair in pairs) for side in (0, 1)]
    tables = {sentences: rows[0], said: rows[1]}
    for begins, table in tables.items():
        made = made[:begins] + table + made[begins + len(table) :]
    return made


def main() -> None:
    """Collect, merge, compile."""
    template = ours()
    for message in clicks():
        if message.id and message.id not in template:
            template.add(message.id, context=message.context)
    catalog = chinese()
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    CHINESE.parent.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=120, no_location=True, omit_header=True, sort_output=True)
    CHINESE.write_bytes(HEADER.encode() + buffer.getvalue())
    COMPILED.write_bytes(compiled(chinese()))


if __name__ == "__main__":
    main()
