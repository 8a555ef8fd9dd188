"""How articles are cited: by source, and as they are said in the language in use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce

from aftercare.language import _, plural
from aftercare.policies.judging.verdict import Cite

_ARTICLE = re.compile(r"(\d+)(?:\((\d+)\))?(?:\((\d+)\))?", re.ASCII)


def by_source(cites: Sequence[Cite]) -> list[tuple[Cite, str]]:
    """Each source that is cited, by its first citation, and its articles as they are said."""
    found: dict[tuple[str, str], list[Cite]] = {}
    for cite in cites:
        found.setdefault((cite.pack, cite.source), []).append(cite)
    return [(ones[0], articles([one.article for one in ones])) for ones in found.values()]


def articles(cited: Sequence[str]) -> str:
    """Bare numbers are articles, each with its paragraph in brackets; any other text stays as it is."""
    each = dict.fromkeys(cited)
    numbers = [found for found in map(_ARTICLE.fullmatch, each) if found]
    said = [article for article in each if not _ARTICLE.fullmatch(article)]
    if numbers:
        listed = reduce(
            lambda run, next_: _("{articles}, {article}").format(articles=run, article=next_), map(_article, numbers)
        )
        said.insert(0, plural("Art. {articles}", "Arts. {articles}", len(numbers)).format(articles=listed))
    return _(", ").join(said)


def _article(found: re.Match[str]) -> str:
    number, paragraph, item = found.groups()
    if item:
        sentence = _("{article}({paragraph})({item})")
    else:
        sentence = _("{article}({paragraph})") if paragraph else _("{article}")
    return sentence.format(article=number, paragraph=paragraph, item=item)
