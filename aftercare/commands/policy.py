"""``policy``: the packs in force, the tree of categories, what a line or the lines for some goods say."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any

from aftercare import language
from aftercare.commands.session import Session
from aftercare.commands.verbs import Entry, Nouns, argument, output_options, verb
from aftercare.errors import INVALID, NoBook, NoSuchRecord
from aftercare.language import N_, _, plural, word
from aftercare.plain.moments import Span, day_of
from aftercare.plain.text import fold
from aftercare.policies import categories, load
from aftercare.policies.pack import Pack
from aftercare.policies.plans import Plan, applying
from aftercare.render.output import put
from aftercare.render.promises import kind_name
from aftercare.render.rows import Choice, Column, emit

_HERE = "aftercare.commands.policy"
LIST, CATEGORIES = N_("The packs in force."), N_("The tree of goods, in both languages.")
SHOW = N_("What a line says, or the lines that hold for goods of a category.")
CHECK = N_("What is wrong with the shop's own packs; silent when nothing is.")


def policy() -> Nouns:
    """The group."""
    table = {
        "list": Entry(f"{_HERE}:list_", LIST),
        "categories": Entry(f"{_HERE}:categories_", CATEGORIES),
        "show": Entry(f"{_HERE}:show", SHOW),
        "check": Entry(f"{_HERE}:check", CHECK),
    }
    return Nouns(
        "policy",
        table=table,
        help=N_("Rules in force, and the tree of categories."),
        example="aftercare policy categories",
    )


def _rules(session: Session) -> load.Rules:
    """The packs of the book; all that are shipped where there is no book and none was named."""
    try:
        book = session.book()
    except NoBook:
        if session.folder or os.environ.get("AFTERCARE_BOOK"):
            raise
        return load.Rules(load.shipped(), ())
    said = book.settings
    return load.rules(book.own_packs(), country=said.country or "", region=said.region or "", named=said.packs)


def _in_force(session: Session) -> tuple[Pack, ...]:
    """The packs that count; a faulty one is said, and the rest goes on."""
    rules = _rules(session)
    for fault in rules.faults:
        session.warn(str(fault))
    if rules.faults:
        session.exit_code = INVALID
    return rules.packs


def _choice(more: dict[str, Any]) -> Choice:
    return Choice(more["fmt"], more["fields"], more["sort"], more["limit"])


def _pack_row(pack: Pack) -> dict[str, Any]:
    return {
        "id": pack.id,
        "version": pack.version,
        "issuer": pack.issuer,
        "title": pack.title._asdict(),
        "from": pack.since.isoformat() if pack.since else None,
        "to": pack.until.isoformat() if pack.until else None,
        "country": pack.country or None,
        "region": pack.region or None,
        "lines": [plan.line for plan in pack.plans],
        "not_covered": list(pack.not_covered),
        "sha256": pack.sha256,
    }


def _said(words: dict[str, str] | None) -> str:
    return (words or {}).get(language.current(), "")


@verb("list", LIST, *output_options(), example="aftercare policy list")
def list_(session: Session, **more: Any) -> None:
    """``policy list``."""
    rows = [_pack_row(pack) for pack in _in_force(session)]
    columns = [
        Column("id", N_("pack")),
        Column("version", N_("checked on")),
        Column("issuer", N_("issuer"), word),
        Column("lines", N_("lines"), lambda lines: str(len(lines))),
        Column("title", N_("title"), _said),
    ]
    header = ("id", "version", "issuer", "title", "from", "to", "country", "region", "lines", "not_covered", "sha256")
    emit(rows, columns, _choice(more), header=header)


@verb("categories", CATEGORIES, *output_options(), example="aftercare policy categories --format json")
def categories_(session: Session, **more: Any) -> None:
    """``policy categories``."""
    del session
    rows = [{**node._asdict(), "also": list(node.also)} for node in categories.tree()]
    if more["fmt"] == "table" and not more["fields"] and not more["sort"]:
        _tree(rows[: more["limit"]])
    else:
        emit(rows, [], _choice(more))


def _tree(rows: Sequence[dict[str, Any]]) -> None:
    for row in rows:
        fitter = _("needs a fitter") if row["installed"] else ""
        put("  ".join(word for word in ("  " * row["depth"] + row["id"], row["zh"], row["en"], fitter) if word))


def _plan_row(plan: Plan, pack: Pack) -> dict[str, Any]:
    return {
        "id": plan.line,
        "title": plan.title._asdict(),
        "category": plan.category,
        "needs_installation": plan.needs_installation,
        "after": plan.after,
        "what": plan.what,
        "step": plan.step,
        "channel": plan.channel,
        "due": [{"since": at.since.isoformat(), "spans": list(map(_span, at.spans))} for at in plan.due],
        "retry": {"attempts": plan.retry.attempts, "again": _span(plan.retry.again)} if plan.retry else None,
        "late": "worthless" if plan.worthless_late else None,
        "asks": [{"id": question.id, **question.text._asdict()} for question in plan.asks],
        "replaces": list(plan.replaces),
        "cite": [{"source": key, **pack.sources[key]._asdict()} for key in plan.cite if key in pack.sources],
        "issuer": pack.issuer,
        "version": pack.version,
    }


def _span(span: Span) -> dict[str, int]:
    """As a pack writes it: one unit; no days at all are ``{"days": 0}``."""
    return {unit: count for unit, count in span._asdict().items() if count} or {"days": 0}


@verb("show", SHOW, argument("what", metavar="LINE|CATEGORY"), *output_options(), example="aftercare policy show 空调")
def show(session: Session, what: str, **more: Any) -> None:
    """``policy show``."""
    packs = _in_force(session)
    of_pack = {plan.line: pack for pack in packs for plan in pack.plans}
    found = _lines(session, packs, what)
    rows = [_plan_row(plan, of_pack[plan.line]) for plan in found]
    if more["fmt"] == "table" and not more["fields"]:
        put("\n\n".join("\n".join(_told(row)) for row in rows[: more["limit"]]))
    else:
        emit(rows, [], _choice(more))


def _lines(session: Session, packs: Sequence[Pack], what: str) -> list[Plan]:
    """The line of that name (without its pack where only one has it), else those for goods of that category today."""
    plans = [plan for pack in packs for plan in pack.plans]
    name = fold(what).casefold()
    named = [plan for plan in plans if plan.line == name] or [plan for plan in plans if plan.id == name]
    if named:
        return named
    tree = categories.tree()
    category = tree.find(what)
    found = applying(plans, category, day_of(session.now()), tree) if category else []
    if found:
        return found
    raise NoSuchRecord(_("line or category with lines"), what)


def _told(row: dict[str, Any]) -> Iterator[str]:
    """A line in words: what is due when, and on what it rests."""
    yield f"{row['id']}  {_said(row['title'])}"
    yield "  " + _("{what} ({channel}) after {after}, for {category}").format(
        what=kind_name(row["what"]),
        channel=word(row["channel"]),
        after=word(row["after"]),
        category=categories.tree().name(row["category"], language.current()),
    )
    for dated in row["due"]:
        spans = _(", ").join(map(_in_words, dated["spans"])) or _("nothing any more")
        yield "  " + _("from {since}: {spans}").format(since=dated["since"], spans=spans)
    if row["retry"]:
        again = _in_words(row["retry"]["again"])
        yield "  " + _("{count} attempts, each {again} after the last").format(
            count=row["retry"]["attempts"], again=again
        )
    if row["late"]:
        yield "  " + _("late is worthless")
    for question in row["asks"]:
        yield "  " + _("asks {id}: {text}").format(id=question["id"], text=_said(question))
    for line in row["replaces"]:
        yield "  " + _("in the place of {line}").format(line=line)
    for source in row["cite"]:
        yield "  " + _("source {source} ({sure}): {where}").format_map({**source, "sure": word(source["sure"])})


def _in_words(span: dict[str, int]) -> str:
    ((unit, count),) = span.items()
    if not count:
        return _("the day itself")
    match unit:
        case "hours":
            sentence = plural("{n} hour", "{n} hours", count)
        case "days":
            sentence = plural("{n} day", "{n} days", count)
        case "months":
            sentence = plural("{n} month", "{n} months", count)
        case _:
            sentence = plural("{n} year", "{n} years", count)
    return sentence.format(n=count)


@verb("check", CHECK, example="aftercare policy check")
def check(session: Session) -> None:
    """``policy check``."""
    faults = _rules(session).faults
    for fault in faults:
        put(str(fault))
    session.found(bool(faults))
