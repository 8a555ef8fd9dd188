"""What a shell is told when somebody presses Tab: commands, flags, choices, and what the book has of what is asked for.

A shell that completes cannot show an error, so there is none: where nothing is known nothing is said.  Nothing is
written, and no command is imported but the one whose words are completed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import click
from click.shell_completion import ShellComplete

from aftercare import language
from aftercare.commands.session import Session
from aftercare.language import _

if TYPE_CHECKING:
    from pathlib import Path

    from aftercare.answers.suggesting import Suggesting
    from aftercare.book.index.indexed import Indexed
    from aftercare.commands.verbs import Nouns
    from aftercare.render.shells import Candidate

VARIABLE = "_AFTERCARE_COMPLETE"
"""What the shell's script asks us by; its value is the shell's name, as in ``bash_complete``."""
PEOPLE = ("staff",)
_FILES = frozenset({"FILE", "MAP"})
_OF_METAVAR: Mapping[str, tuple[str, ...]] = {
    "CUSTOMER": ("customer",),
    "CLAIM": ("claim",),
    "COMPLAINT": ("complaint",),
    "PROMISE": ("any_promise",),
    "PROMISE|BREACH": ("any_promise",),
}
_OF_FLAG: Mapping[str, tuple[str, ...]] = {
    "customer": ("customer",),
    "referred_by": ("customer",),
    "product": ("product",),
    "sale": ("sale",),
    "unit": ("unit",),
    "about": ("unit", "sale", "claim", "product"),
    "keeps": ("any_promise",),
    "same_as": ("claim",),
    "technician": PEOPLE,
    "person": PEOPLE,
    "whose_work": PEOPLE,
    "by": PEOPLE,
    "gift": ("part",),
    "offer": ("offer",),
}
_TAKEN_BY_SALE = frozenset({"delivery", "installation"})
"""The nouns whose verbs take a sale in the place of their own record."""


class _Asked(NamedTuple):
    """What stands before the word that is completed: the command, and what is to be filled in."""

    context: click.Context
    param: click.Parameter
    typed: str


class Completion(ShellComplete):
    """Click's way through the words of a line, with what the book has beside it."""

    def __init__(self, cli: Nouns, session: Session) -> None:
        from aftercare.commands.words import Light

        super().__init__(Light("", cli), {"obj": session}, "aftercare", VARIABLE)
        self._session = session

    def found(self, words: list[str], typed: str) -> Iterator[Candidate]:
        """What may stand in the place of *typed*, behind these words."""
        from click.shell_completion import _resolve_context, _resolve_incomplete

        from aftercare.render.shells import Candidate

        context = _resolve_context(self.cli, self.ctx_args, self.prog_name, words)
        if isinstance(context.command, click.Group) and _is_unknown(context, words):
            return
        target, begun = _resolve_incomplete(context, words, typed)
        before = typed.removesuffix(begun) if typed.endswith(begun) else ""
        if isinstance(target, click.Parameter) and not isinstance(target.type, click.Choice):
            yield from self._of(_Asked(context, target, begun), before)
            return
        for item in target.shell_complete(context, begun):
            yield Candidate(item.type, f"{before}{item.value}", _(item.help) if item.help else "")

    def _of(self, asked: _Asked, before: str) -> Iterator[Candidate]:
        """What may be a value of a flag, or a word that stands by itself."""
        from aftercare.render.shells import Candidate

        metavar = (asked.param.metavar or "").strip("[].")
        if metavar in _FILES or metavar == "DIR":
            yield Candidate("dir" if metavar == "DIR" else "file", asked.typed)
        elif _name(asked.param) == "category":
            yield from (Candidate("plain", f"{before}{one}", more) for one, more in _categories(asked.typed))
        elif metavar in {"PACK", "LINE|CATEGORY|PACK"}:
            yield from (Candidate("plain", f"{before}{one}") for one in _packs(asked.typed))
        elif kinds := kinds_of(asked.context, asked.param, metavar):
            yield from (Candidate("plain", f"{before}{one}", more) for one, more in self._suggested(kinds, asked.typed))

    def _suggested(self, kinds: Iterable[str], typed: str) -> Iterator[tuple[str, str]]:
        """What the book has of some kinds: by its index as it was left, else by the names of its files."""
        from pathlib import Path

        from aftercare.answers import suggesting
        from aftercare.book.root import root_of

        root = root_of(self._session.folder, os.environ, Path.cwd())
        index = _index_of(root)
        if index is None:
            of_files = {"unit": "sale", "any_promise": "promise", "spoken": "promise"}
            yield from suggesting.by_files(root, dict.fromkeys(of_files.get(one, one) for one in kinds), typed)
            return
        try:
            yield from islice(_by_index(suggesting.Suggesting(index), kinds, typed), suggesting.MOST)
        finally:
            index.close()


def _index_of(root: Path) -> Indexed | None:
    """An index of the book that can be trusted, in whatever language the book was asked in."""
    from aftercare.book.index.indexed import Indexed

    if os.environ.get("AFTERCARE_INDEX") == "off":
        return None
    first = language.current()
    for one in (first, *(other for other in language.LANGUAGES if other != first)):
        index = Indexed(root, one)
        if not index.is_anew:
            return index
        index.close()
    return None


def _by_index(book: Suggesting, kinds: Iterable[str], typed: str) -> Iterator[tuple[str, str]]:
    from aftercare.render.promises import kind_name

    for kind in kinds:
        if kind in {"any_promise", "spoken"}:
            for one in book.open_promises(typed):
                if kind == "any_promise" or "/" not in one.id:
                    yield one.id, " ".join(filter(None, (kind_name(one.what), one.name, one.due)))
        elif kind == "unit":
            yield from book.units(typed)
        else:
            yield from book.records((kind,), typed)


def _is_unknown(context: click.Context, words: Sequence[str]) -> bool:
    """Whether the last word before is neither the group itself nor a flag or its value, and so no command of it."""
    from aftercare.commands.verbs import first_word

    own = context.info_name if context.parent else None
    behind = words[words.index(own) + 1 :] if own in words else words
    return first_word(list(behind), [context.command]) is not None


def kinds_of(context: click.Context, param: click.Parameter, metavar: str) -> tuple[str, ...]:
    """The kinds of record that a word of a command names; none where it names none."""
    from aftercare.records.names import BY_NAME

    noun, verb = ([*context.command_path.split()[1:], "", ""])[:2]
    name = _name(param)
    if isinstance(param, click.Argument) and name in {"ref", "refs"} and metavar.startswith("REF"):
        return _of_noun(noun, verb)
    if metavar in _OF_METAVAR:
        return ("spoken",) if (noun, verb) == ("promise", "keep") else _OF_METAVAR[metavar]
    if metavar not in {"REF", "V"}:
        return ()
    if noun in BY_NAME:
        from aftercare.records.outlines import outline_of

        refers = next((field.refers for field in outline_of(noun).fields if field.name == name), ())
        if refers:
            return tuple(kind for kind in refers if kind in {*BY_NAME, "unit", "any_promise"})[:4]
        if (noun, verb, name) == ("complaint", "assign", "to"):
            return PEOPLE
    if metavar == "V":
        return ()
    return _OF_FLAG.get(name, PEOPLE if name.endswith("_by") else ())


def _name(param: click.Parameter) -> str:
    """The name of a flag's field, be it one to fill or one to choose by."""
    return (param.name or "").removeprefix("only__").removeprefix("field__")


def _of_noun(noun: str, verb: str) -> tuple[str, ...]:
    from aftercare.records.names import BY_NAME

    if noun == "unit" or (noun, verb) in {("sale", "retire"), ("sale", "give")}:
        return ("unit",)
    if noun in _TAKEN_BY_SALE and verb not in {"show", "set", "edit", "remove"}:
        return (noun, "sale")
    return (noun,) if noun in BY_NAME else tuple(BY_NAME) if noun in {"show", "log", "renumber"} else ()


def _categories(typed: str) -> Iterator[tuple[str, str]]:
    """The categories by their names, in the language of the answer; what is begun also in the other, or as an id."""
    from aftercare.policies.categories import tree

    own = language.current()
    for one in tree():
        names = {lang: tree().name(one.id, lang) for lang in (own, *language.LANGUAGES)}
        for word in dict.fromkeys((*names.values(), one.id)):
            if word.startswith(typed) and (typed or word == names[own]):
                yield word, one.id if word == names[own] else names[own]


def _packs(typed: str) -> Iterator[str]:
    from aftercare.policies.load import shipped_ids

    yield from (one for one in shipped_ids() if one.startswith(typed))


def complete(cli: Nouns, session: Session, shell: str, words: Sequence[str]) -> None:
    """Print what the shell may put in the place of the word at which somebody pressed Tab.

    *words* are those of the line, the last the one that is completed; bash gives the line itself, in its environment.
    """
    from aftercare.render import shells

    if shell == "bash":
        line = shells.BashLine.of(os.environ)
        shells.put_for_bash(Completion(cli, session).found(line.words[1:], line.word), line)
        return
    *before, typed = words or [""]
    shells.put_candidates(Completion(cli, session).found(before, typed))
