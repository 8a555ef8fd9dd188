"""The tables of ``docs/law.md``: which packs ship, where and when they hold, and how sure their sources are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from aftercare.policies.load import shipped
from aftercare.policies.pack import SURE, Pack

_DOCS = Path(__file__).resolve().parent.parent / "docs"
_CHOSEN = {"place": "where the shop is", "named": "where the settings name it", "parent": "in no book"}


def law() -> list[str]:
    """A row for each pack that says which remedies a customer has, whoever runs the shop."""
    rows = (_law_row(pack) for pack in shipped() if pack.has_law and pack.issuer in {"statute", "standard"})
    return ["| pack | law | where | sold | counts | how sure | page |", "|---|---|---|---|---|---|---|", *rows]


def promises() -> list[str]:
    """A row for each pack of what makers and shops promise, whether they promise remedies or services."""
    rows = (_row(pack) for pack in shipped() if pack.issuer in {"maker", "shop"})
    return ["| pack of a promise | what | where | counts | how sure |", "|---|---|---|---|---|", *rows]


def practice() -> list[str]:
    """A row for each pack of plans and of standards of work."""
    rows = (_row(pack) for pack in shipped() if pack.issuer == "standard" and not pack.has_law)
    return ["| pack of practice | what | where | counts | how sure |", "|---|---|---|---|---|", *rows]


def _law_row(pack: Pack) -> str:
    sold = f"{pack.since} to {pack.until}" if pack.until else f"since {pack.since}"
    cells = [
        f"`{pack.id}`", _title(pack), _where(pack), sold, _counts(pack), ", ".join(_marks(pack)), _page(pack)
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _row(pack: Pack) -> str:
    cells = [f"`{pack.id}`", _title(pack), _where(pack), _counts(pack), ", ".join(_marks(pack))]
    return f"| {' | '.join(cells)} |"


def _title(pack: Pack) -> str:
    return f"{pack.title.en} ({pack.title.zh})"


def _where(pack: Pack) -> str:
    return " ".join(filter(None, (pack.country, pack.region))) or "everywhere"


def _counts(pack: Pack) -> str:
    return _CHOSEN[pack.chosen] if pack.country or pack.chosen != "place" else "in every book"


def _marks(pack: Pack) -> Iterator[str]:
    """The marks that its sources have, the best first."""
    own = {source.sure for source in pack.sources.values()}
    return (mark for mark in SURE if mark in own)


def _page(pack: Pack) -> str:
    """The page of law that describes the pack; every pack of law has one."""
    pages = (page.name for page in sorted(_DOCS.glob("law-*.md")) if f"`{pack.id}`" in page.read_text(encoding="utf-8"))
    name = next(pages, "")
    assert name, f"no page of docs/ describes {pack.id}"
    return f"[{name.removesuffix('.md')}]({name})"
