"""What a YAML parser complains of, in the words of somebody who keeps a shop's book."""

from __future__ import annotations

from aftercare.language import N_, _

_COLON = N_("a colon where none can stand; quote the text, or look at the indentation")
_LINES = N_("this does not fit the lines above; look at the indentation and the quotes")
_MEANT = (
    ("mapping values are not allowed", _COLON),
    ("expected <block end>", _LINES),
    ("expected <document start>", _LINES),
    ("expected key", _LINES),
    ("expected '-' indicator", _LINES),
    ("violates indentation", N_("a tab cannot indent; use blanks")),
    ("unexpected end of stream", N_("a quote is not closed")),
    ("expected ',' or", N_("a bracket is not closed, or a comma is missing")),
    ("node content", N_("a bracket or comma where a value is wanted")),
    ("cannot start any token", N_("no value begins with this character; quote the text")),
    ("expected ':'", N_("the colon after the key is missing")),
    ("sequence entries are not allowed", N_("a list begins on a line of its own")),
    ("unknown escape character", N_("no such character can follow a backslash; use single quotes")),
)
"""Words of a complaint, by libyaml or by PyYAML, and what is most likely meant."""


def in_words(problem: str) -> str:
    """The complaint in the operator's language; a rare one stays in the parser's words."""
    return next((_(sentence) for words, sentence in _MEANT if words in problem), problem)
