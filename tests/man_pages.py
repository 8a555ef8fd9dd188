"""Pages for ``man``, drawn from the helps: ``python -m tests.man_pages`` (``make docs``) writes the folder ``man``.

One page for ``aftercare`` and one for each of its commands, a noun's with all its verbs, in both languages.
``tests/test_man_pages.py`` proves them current; ``setup.cfg`` installs them under ``share/man``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from aftercare import __version__, language
from aftercare.cli import root
from aftercare.commands.verbs import Helped, Nouns, Steps
from aftercare.language import _
from tests.man_words import WORDS, Words

FOLDER = Path(__file__).resolve().parent.parent / "man"
PLACES = {"en": "man1", "zh": "zh/man1"}
_CHINESE = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
_BETWEEN = re.compile(rf"(?<={_CHINESE})(?=[\u4e00-\u9fff（《])|(?<=[，。；：、）])(?=\w)")
"""Where a line may be broken: before no sign that ends a phrase."""
_SIGNS = {"\\": "\\e", "-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti"}


def pages() -> dict[str, str]:
    """Every page by its name in the folder."""
    found = {}
    before = language.current()
    try:
        for tongue, place in PLACES.items():
            language.use(tongue)
            words, top = WORDS[tongue], root()
            context = click.Context(top, info_name="aftercare")
            found[f"{place}/aftercare.1"] = _text(_first(context, words))
            for name in top.list_commands(context):
                command = top.get_command(context, name)
                assert isinstance(command, Helped)
                inside = click.Context(command, info_name=name, parent=context)
                found[f"{place}/aftercare-{name}.1"] = _text(_page(inside, top.table[name].help, words))
    finally:
        language.use(before)
    return found


def _text(lines: Iterator[str]) -> str:
    return "\n".join(lines) + "\n"


def _head(name: str, sentence: str, words: Words) -> Iterator[str]:
    """What every page begins with; there is no day in it, so a page changes only with what it says."""
    yield '.\\" -*- coding: utf-8 -*-'
    yield '.\\" Drawn from the helps: make docs'
    yield f'.TH "{_safe(name.upper())}" "1" "" "aftercare {__version__}" "aftercare"'
    yield from (".nh", ".ad l")
    yield f".SH {words.name}"
    yield f"{_safe(name)} \\- {_safe(sentence.rstrip('.。'))}"


def _first(context: click.Context, words: Words) -> Iterator[str]:
    """The page of the tool itself: its commands, the global options, and what holds for all of them."""
    top = context.command
    assert isinstance(top, Nouns)
    yield from _head("aftercare", _(top.help or ""), words)
    yield from (f".SH {words.synopsis}", *_usage(context))
    yield from (f".SH {words.description}", _line(words.about))
    yield f".SH {words.commands}"
    for name, entry in top.table.items():
        yield from (".TP", f"\\fBaftercare\\-{_safe(name)}\\fR(1)", _line(_(entry.help)))
    yield from (f".SH {words.options}", _line(words.anywhere), *_flags(context, helps=True))
    for title, rows in ((words.codes, words.exits), (words.environment, words.settings), (words.files, words.places)):
        yield f".SH {title}"
        for what, sentence in rows.items():
            yield from (".TP", f"\\fB{_safe(what)}\\fR", _line(sentence))
    yield from _example(top, words)


def _page(context: click.Context, sentence: str, words: Words) -> Iterator[str]:
    """The page of a command, with those below it."""
    command = context.command
    below = list(_below(context))
    yield from _head(f"aftercare-{context.info_name}", _(sentence), words)
    yield f".SH {words.synopsis}"
    if not below or (isinstance(command, Nouns) and command.invoke_without_command):
        yield from _usage(context)
    for inner in below:
        yield from _usage(inner)
    yield from (f".SH {words.description}", _line(_(command.help or sentence)))
    flags = list(_flags(context))
    if flags:
        yield from (f".SH {words.options}", *flags)
    if below:
        yield f".SH {words.commands}"
    for inner in below:
        yield f'.SS "{_safe(_called(inner))}"'
        yield from (_line(_(inner.command.help or "")), *_flags(inner), *_example(inner.command, words, inside=True))
    yield from _example(command, words)
    yield from (f".SH {words.see_also}", "\\fBaftercare\\fR(1)")


def _below(context: click.Context) -> Iterator[click.Context]:
    """The verbs of a noun in their order, each with its steps behind it."""
    command = context.command
    if isinstance(command, Nouns):
        for name in command.list_commands(context):
            verb = command.get_command(context, name)
            assert verb is not None
            inner = click.Context(verb, info_name=name, parent=context)
            yield inner
            yield from _below(inner)
    elif isinstance(command, Steps):
        for name, step in command.steps.items():
            yield click.Context(step, info_name=f"{context.info_name} {command.ref} {name}", parent=context.parent)


def _called(context: click.Context) -> str:
    return context.command_path.removeprefix("aftercare ")


def _usage(context: click.Context) -> Iterator[str]:
    pieces = " ".join(context.command.collect_usage_pieces(context))
    yield from (".HP", f"\\fB{_safe(context.command_path)}\\fR {_broken(pieces)}")


def _flags(context: click.Context, *, helps: bool = False) -> Iterator[str]:
    """The flags of a command; ``--help``, which all have, in the first page alone."""
    for param in context.command.get_params(context):
        record = param.get_help_record(context)
        if record and record[1] and (helps or "--help" not in param.opts):
            yield from (".TP", f"\\fB{_broken(record[0])}\\fR", _line(record[1]))


def _example(command: click.Command, words: Words, *, inside: bool = False) -> Iterator[str]:
    """What can be run, as it is typed; within a page it is a paragraph, at its end a part."""
    example = command.example if isinstance(command, Helped) else ""
    if example:
        yield from ((".PP",) if inside else (f".SH {words.example}",))
        yield from (".EX", *map(_typed, example.splitlines()), ".EE")


def _broken(choices: str) -> str:
    """A list of choices may be broken behind any of them."""
    return _safe(choices).replace("|", "|\\:")


def _line(text: str) -> str:
    """A paragraph, whatever it begins with; groff breaks Chinese only where it is told."""
    return _typed(_BETWEEN.sub("\\:", " ".join(text.split())))


def _typed(text: str) -> str:
    """A line as it stands."""
    return f"\\&{_safe(text)}" if text.startswith((".", "'")) else _safe(text)


def _safe(text: str) -> str:
    return re.sub(r"\\(?!:)|[-'`^~]", lambda sign: _SIGNS[sign[0]], text)


def main() -> None:
    """Write the folder, and nothing into it but the pages."""
    for old in FOLDER.rglob("*.1"):
        old.unlink()
    for name, text in pages().items():
        file = FOLDER / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
