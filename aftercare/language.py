"""The language in which the tool speaks to the operator.

Sentences are written in English in the code and looked up whole in the catalogue under ``locale/``; machine formats
never pass through here.  The same catalogue also serves Click's own sentences, which Click asks the standard library
for, by the environment's ``LANGUAGE`` and the current text domain.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from aftercare.catalogue import Catalogue

LANGUAGES = ("en", "zh")
DOMAIN = "aftercare"
_LOCALE_DIR = os.path.join(os.path.dirname(__file__), "locale")
_ENGLISH = gettext.NullTranslations()
_catalogue: ContextVar[gettext.NullTranslations] = ContextVar("catalogue", default=_ENGLISH)
_chosen: ContextVar[str] = ContextVar("language", default="en")


def use(language: str) -> None:
    """Speak *language*, one of :data:`LANGUAGES`, from now on in this process."""
    _chosen.set(language)
    _catalogue.set(_sentences(language))
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(DOMAIN, _LOCALE_DIR)
    gettext.textdomain(DOMAIN)


@cache
def _sentences(language: str) -> gettext.NullTranslations:
    """What is said in a language; the sentences of the code are English, which has no catalogue."""
    file = f"{_LOCALE_DIR}/{language}/LC_MESSAGES/{DOMAIN}.mo"
    return Catalogue(file) if os.path.exists(file) else _ENGLISH


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak *language* for a while: a paper speaks to its reader, before and after it we speak to the operator."""
    before = current()
    use(language)
    try:
        yield
    finally:
        use(before)


def current() -> str:
    """The language in use."""
    return _chosen.get()


def from_environment(environment: Mapping[str, str]) -> str:
    """What the environment asks for: ``AFTERCARE_LANG``, else a Chinese locale means zh, and anything else en."""
    asked = environment.get("AFTERCARE_LANG", "")
    if asked in LANGUAGES:
        return asked
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return "zh" if environment[name].lower().startswith("zh") else "en"
    return "en"


def _(sentence: str) -> str:
    """The whole *sentence* in the language in use; placeholders are filled in afterwards with ``.format``."""
    return _catalogue.get().gettext(sentence)


def plural(one: str, many: str, count: int) -> str:
    """The sentence for *count* things, not yet formatted."""
    return _catalogue.get().ngettext(one, many, count)


def N_(sentence: str) -> str:  # noqa: N802 - the name that message extractors know
    """Mark a *sentence* for the catalogue where it is defined as data; it is looked up where it is shown."""
    return sentence


def word(code: str) -> str:
    """A word of one of the closed lists (``no_answer``) as people say it."""
    said = _catalogue.get().pgettext("word", code)
    return said if said != code else code.replace("_", " ")


def deed_word(verb: str) -> str:
    """A verb of the command line (``take-back``) in a sentence about what was done."""
    return _catalogue.get().pgettext("command", verb)


def label(part: str, field: str) -> str:
    """What a field of a record, or of a part of one (``Signature``, ``by``), is called in a page for people.

    The field may be a dotted path, for the title of a column.
    """
    name = f"{part}.{field}"
    said = _catalogue.get().pgettext("field", name)
    return said if said != name else field.replace("_", " ").replace(".", " ")


_REFUSALS = (
    N_("No such file or directory"),
    N_("Permission denied"),
    N_("Is a directory"),
    N_("Not a directory"),
    N_("File exists"),
    N_("No space left on device"),
    N_("Read-only file system"),
    N_("Input/output error"),
    N_("Too many levels of symbolic links"),
    N_("File name too long"),
    N_("Disk quota exceeded"),
    N_("Address already in use"),
)


def refusal(reason: str | None) -> str:
    """Why the operating system refused a file, as far as its words are known; any other *reason* stays as it is."""
    return _(reason) if reason in _REFUSALS else str(reason)
