"""``policy show``: what a line or a pack says, or all that holds for goods of a category."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from aftercare import language
from aftercare.commands.policy import SHOW, choice_of, in_force, of_place
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, output_options, verb
from aftercare.errors import NoSuchRecord
from aftercare.language import N_, _, word
from aftercare.plain import lunar
from aftercare.plain.moments import day_of
from aftercare.plain.text import fold
from aftercare.policies import categories, goods
from aftercare.policies.categories import ROOT
from aftercare.policies.holding import is_in_force, lines_for, may_concern
from aftercare.policies.pack import Pack, Source
from aftercare.policies.plans import Plan, applying
from aftercare.policies.standards import WORKS, lists_for, together
from aftercare.records.words import NEEDS
from aftercare.render import clauses, credo, law_lines
from aftercare.render.law_rows import About, bar_row, evidence_row, pack_row, restatement_row, row
from aftercare.render.output import put_lines
from aftercare.render.promises import kind_name
from aftercare.render.rows import Row, emit
from aftercare.render.spans import in_words, span_of


@verb(
    "show",
    SHOW,
    argument("what", metavar="LINE|CATEGORY|PACK"),
    *output_options(),
    example="aftercare policy show 空调",
)
def show(session: Session, what: str, **more: Any) -> None:
    """``policy show``."""
    rows, in_short = _found(in_force(session), of_place(session), what, day_of(session.now()))
    if more["fmt"] == "table" and not more["fields"]:
        for number, row in enumerate(rows[: more["limit"]]):
            put_lines(["", *_in_lines(row, in_short)] if number else _in_lines(row, in_short))
    else:
        emit(rows, [], choice_of(more))


def _found(packs: Sequence[Pack], there: Sequence[Pack], what: str, on: date) -> tuple[list[Row], bool]:
    """The line of that name (without its pack where only one has it), the pack, or what holds *there* for the category
    on the day; and whether its lines are to be told in short.
    """
    name = fold(what).casefold()
    rows = [row for pack in packs for row in _rows(pack, _about(packs, pack, ROOT, on))]
    named = [row for row in rows if row["id"] == name] or [row for row in rows if _short(row) == name]
    if named:
        return named, False
    pack = next((pack for pack in packs if pack.id == name), None)
    if pack:
        return [pack_row(pack), *_rows(pack, _about(packs, pack, ROOT, on))], True
    category = categories.tree().find(what)
    found = _holding(there, category, on) if category else []
    if category and found:
        return [*found, _category(there, category, found)], True
    raise NoSuchRecord(_("line, pack or category with lines"), what)


def _short(row: Row) -> str:
    return str(row["id"]).partition("/")[2]


def _about(packs: Sequence[Pack], pack: Pack, category: str, on: date) -> About:
    windows = {window.name: window for other in (*packs, pack) for window in other.law.windows}
    return About(category, on, windows)


def _rows(pack: Pack, about: About) -> list[Row]:
    """All lines of a pack."""
    law = pack.law
    return [
        *(_plan_row(plan, pack) for plan in pack.plans),
        *(clauses.row(clause, pack) for clause in pack.standards.clauses),
        *(basic.row() for basic in pack.standards.credo),
        *(row(line, pack, about) for line in law.lines),
        *(restatement_row(rule, pack, about) for rule in law.restates),
        *(bar_row(bar, pack) for bar in law.bars),
        *(evidence_row(rule, at, pack, about) for at, rule in enumerate(law.evidence, start=1)),
    ]


def _holding(packs: Sequence[Pack], category: str, on: date) -> list[Row]:
    """What holds for goods of a category on a day: the law, what is planned, how the shop works; of checklists those
    that are meant.
    """
    tree = categories.tree()
    standards = together(pack.standards for pack in packs)
    lists = [one for work in WORKS for one in lists_for(standards.checklists, work, category, on, tree)]
    standing = [*standards.duties, *standards.entitlements, *standards.points, *standards.benefits]
    standing = [clause for clause in standing if clause.in_force(on) and clause.suits(category, tree)]
    of_pack = {plan.line: pack for pack in packs for plan in pack.plans}
    of_pack |= {clause.line: pack for pack in packs for clause in pack.standards.clauses}
    plans = applying([plan for pack in packs for plan in pack.plans], category, on, tree)
    return [
        *_law(packs, category, on),
        *(_plan_row(plan, of_pack[plan.line]) for plan in plans),
        *(clauses.row(clause, of_pack[clause.line]) for clause in (*standing, *dict.fromkeys(lists))),
    ]


def _law(packs: Sequence[Pack], category: str, on: date) -> Iterator[Row]:
    """The law of each pack; a line that builds on a right is of use only where some line gives that right."""
    abouts = {pack.id: _about(packs, pack, category, on) for pack in packs}
    lines = [(pack, line) for pack in packs for line in lines_for(pack, category, on, abouts[pack.id].windows)]
    rights = {name for __, line in lines for name in line.grants}
    lines = [(pack, line) for pack, line in lines if not line.given or line.given in rights]
    used = {name for __, line in lines for name in line.windows}
    for pack in packs:
        law, about = pack.law, abouts[pack.id]
        own = [line for owner, line in lines if owner is pack]
        yield from (row(line, pack, about) for line in own)
        if own:
            yield from (bar_row(bar, pack) for bar in law.bars)
        if is_in_force(pack, on):
            restated = (rule for rule in law.restates if used.intersection(rule.windows))
            yield from (restatement_row(rule, pack, about) for rule in restated)
            yield from (
                evidence_row(rule, at, pack, about)
                for at, rule in enumerate(law.evidence, start=1)
                if may_concern(rule.when, category, pack.country)
            )


def _category(packs: Sequence[Pack], category: str, found: Sequence[Row]) -> Row:
    """The goods, whether a catalogue names them, which packs have law for them, and what these leave out."""
    node = categories.tree()[category]
    giving = {str(row["id"]).partition("/")[0] for row in found if row["kind"] == "line"}
    country = next((pack.country for pack in packs if pack.law and pack.country), "")
    return {
        "id": category,
        "kind": "category",
        "title": {"en": node.en, "zh": node.zh},
        "in_catalogue": goods.in_catalogue(country, category) if country else None,
        "catalogue_covered": any(pack.law.goods for pack in packs if pack.id in giving),
        "packs": [pack.id for pack in packs if pack.id in giving],
        "not_covered": [
            {"pack": pack.id, "what": what._asdict()}
            for pack in packs
            if pack.id in giving
            for what in pack.not_covered
        ],
    }


def _in_lines(row: Row, in_short: bool) -> Iterator[str]:
    match row["kind"]:
        case "plan":
            return _told(row)
        case "line" if in_short:
            return law_lines.summary(row)
        case "line" | "restatement" | "bar" | "evidence":
            return law_lines.told(row)
        case "credo":
            return iter([f"{row['id']}  {credo.told(row)}"])
        case "pack":
            return law_lines.pack_words(row)
        case "category":
            return law_lines.goods_words(row)
        case _:
            return clauses.told(dict(row))


def _again(row: Row) -> Iterator[str]:
    """How a plan comes back, in words."""
    for dated in row["every"]:
        if dated["span"]:
            yield _("comes back, from {since}: every {span}").format(since=dated["since"], span=in_words(dated["span"]))
        else:
            yield _("comes back no more, from {since}").format(since=dated["since"])
    by_plan = row["counted_from"] == "plan"
    yield _("counted from the event, whenever it was done last") if by_plan else _("counted from when it was done last")
    if row["season"]:
        first, last = row["season"]["from"], row["season"]["to"]
        yield _("in the season from {first} to {last}").format(first=first, last=last)
    for key, sentence in (
        ("before", N_("in time from {span} before the day")),
        ("after", N_("in time until {span} after the day")),
    ):
        if row["tolerance"] and any(row["tolerance"][key].values()):
            yield _(sentence).format(span=in_words(row["tolerance"][key]))
    if row["until"]:
        yield _("until {span} after the event").format(span=in_words(row["until"]))


def _plan_row(plan: Plan, pack: Pack) -> Row:
    return {
        "id": plan.line,
        "kind": "plan",
        "title": plan.title._asdict(),
        "category": plan.category,
        "needs_installation": plan.needs_installation,
        "after": plan.after,
        "festival": _festival(plan),
        "needs": [need for need in NEEDS if need in plan.needs],
        "what": plan.what,
        "step": plan.step,
        "channel": plan.channel,
        "due": [{"since": at.since.isoformat(), "spans": list(map(span_of, at.spans))} for at in plan.due],
        "ahead": span_of(plan.ahead) if plan.ahead else None,
        **_coming_back(plan),
        "retry": {"attempts": plan.retry.attempts, "again": span_of(plan.retry.again)} if plan.retry else None,
        "late": "worthless" if plan.worthless_late else None,
        "asks": [{"id": question.id, **question.text._asdict()} for question in plan.asks],
        "replaces": list(plan.replaces),
        "cite": [{"source": key, **_source(pack.sources[key])} for key in plan.cite if key in pack.sources],
        "issuer": pack.issuer,
        "version": pack.version,
    }


def _festival(plan: Plan) -> Row | None:
    """The day of the festival, as a pack writes it."""
    if plan.festival is None:
        return None
    day, solar = plan.festival.lunar, plan.festival.solar
    return {"lunar": lunar.written(day)} if day else {"solar": "{:02}-{:02}".format(*solar)} if solar else None


def _whose(row: Row) -> Iterator[str]:
    """The day of a festival, and for whom it is, in words."""
    if row["festival"]:
        yield _("the day: {day}").format(day=_day(row["festival"]))
    if row["needs"]:
        yield _("only for: {needs}").format(needs=_(", ").join(map(word, row["needs"])))


def _day(festival: Mapping[str, str]) -> str:
    """The day of a festival in words."""
    if "lunar" in festival:
        return _("{day} of the lunar calendar").format(day=festival["lunar"])
    return _("{day} of the solar calendar").format(day=festival["solar"])


def _coming_back(plan: Plan) -> Row:
    """How the plan comes back; null where it does not."""
    recurs = plan.recurs
    season, tolerance = (recurs.season, recurs.tolerance) if recurs else (None, None)
    return {
        "every": [{"since": at.since.isoformat(), "span": at.span and span_of(at.span)} for at in recurs.every]
        if recurs
        else [],
        "counted_from": ("plan" if recurs.from_plan else "completion") if recurs else None,
        "season": {"from": "{:02}-{:02}".format(*season.first), "to": "{:02}-{:02}".format(*season.last)}
        if season
        else None,
        "tolerance": {"before": span_of(tolerance.before), "after": span_of(tolerance.after)} if tolerance else None,
        "until": span_of(recurs.until) if recurs and recurs.until else None,
    }


def _source(source: Source) -> dict[str, str]:
    return {"what": source.what, "where": source.where, "sure": source.sure}


def _said(words: Mapping[str, str]) -> str:
    return words[language.current()]


def _told(row: Row) -> Iterator[str]:
    """A line in words: what is due when, and on what it rests."""
    yield f"{row['id']}  {_said(row['title'])}"
    yield "  " + _("{what} ({channel}) after {after}, for {category}").format(
        what=kind_name(row["what"]),
        channel=word(row["channel"]),
        after=word(row["after"]),
        category=categories.tree().name(row["category"], language.current()),
    )
    yield from ("  " + line for line in _whose(row))
    for dated in row["due"]:
        spans = _(", ").join(map(in_words, dated["spans"])) or _("nothing any more")
        yield "  " + _("from {since}: {spans}").format(since=dated["since"], spans=spans)
    if row["ahead"]:
        yield "  " + _("from {ahead} before, and by that time").format(ahead=in_words(row["ahead"]))
    if row["every"]:
        yield from ("  " + line for line in _again(row))
    if row["retry"]:
        count, again = row["retry"]["attempts"], in_words(row["retry"]["again"])
        yield "  " + _("{count} attempts, each {again} after the last").format(count=count, again=again)
    if row["late"]:
        yield "  " + _("late is worthless")
    for question in row["asks"]:
        yield "  " + _("asks {id}: {text}").format(id=question["id"], text=_said(question))
    for line in row["replaces"]:
        yield "  " + _("in the place of {line}").format(line=line)
    for source in row["cite"]:
        yield "  " + _("source {source} ({sure}): {where}").format_map({**source, "sure": word(source["sure"])})
