"""``aftercare undo``: the last command taken back as one step, or brought back again."""

from __future__ import annotations

from aftercare.answers import deeds_done
from aftercare.answers.deeds_done import Deed, Trees
from aftercare.book import undoing
from aftercare.book.book import Book
from aftercare.book.chronicle import Touch
from aftercare.book.pen import Pen
from aftercare.book.undoing import Step
from aftercare.commands import deeds
from aftercare.commands.generic import JSON
from aftercare.commands.guards import MOST, guard
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, verb
from aftercare.errors import InvalidBook, NoHistory, UsageProblem
from aftercare.language import N_, _
from aftercare.render import history as shown
from aftercare.render.output import put_json, say


@verb(
    "undo",
    N_("Take the last command back, or the one of a commit; undoing an undo brings it back."),
    argument("commit", metavar="[COMMIT]", required=False),
    option("--dry-run", is_flag=True, text=N_("only say what would be done")),
    option("--yes", is_flag=True, text=N_("do not ask")),
    JSON,
    example="aftercare undo --dry-run",
)
def undo(session: Session, commit: str | None, dry_run: bool, yes: bool, fmt: str) -> None:
    """One command, taken back whole or not at all."""
    if session.as_of:
        raise UsageProblem(_("--as-of looks back; nothing can be written then"))
    book = _with_history(session.book())
    if dry_run:
        pen = Pen(book, session.read(book), session.now())
        step = undoing.step(book, pen.now, commit)
        undoing.take_back(pen, step)
        deeds.allowed(session, pen)
    else:
        agreed = _agreed(session, book, commit, yes=yes)
        with session.writing("undo") as pen:
            step = undoing.step(_with_history(pen.book), pen.now, agreed)
            undoing.take_back(pen, step)
            deeds.written(session, pen, step.message)
    _tell(session, pen, step, fmt, dry_run=dry_run)


def _with_history(book: Book) -> Book:
    """The book, if its settings are sound and say that git keeps it."""
    if book.setting_faults:
        raise InvalidBook(book.setting_faults)
    if not book.settings.git:
        raise NoHistory("")
    return book


def _agreed(session: Session, book: Book, commit: str | None, *, yes: bool) -> str | None:
    """Which commit is meant, once the operator agreed to a step over many records; a later one is not asked for."""
    if yes:
        return commit
    step = undoing.step(book, session.now(), commit)
    much = len(step.records) > MOST
    question = _("undo {title}, which wrote {n} records").format(title=step.commit.title, n=len(step.records))
    guard(question, much=much, yes=yes)
    return step.commit.id if much else commit


def _tell(session: Session, pen: Pen, step: Step, fmt: str, *, dry_run: bool) -> None:
    """What was taken back, in words, and what that does to the ledger."""
    change = deeds.change_of(session, pen)
    done = _deeds(step)
    if fmt == "json":
        answer = {
            "undid": step.commit.id,
            "command": step.commit.title,
            "dry_run": dry_run,
            "changes": [deeds_done.row(deed, None) for deed in done],
            "kept": [promise.id for promise in change.kept],
            "promised": [promise.id for promise in change.promised],
            "gone": [promise.id for promise in change.gone],
        }
        put_json(answer)
        return
    sentence = _("would undo: {title}") if dry_run else _("undone: {title}")
    say(sentence.format(title=shown.title(step.commit, pen.before, done)))
    for deed in done:
        shelf = pen.shelf if deed.record in pen.shelf.records else pen.before
        say(shown.put_back(deed, shelf))
    deeds.tell_change(change)
    deeds.tell_clauses(_("no longer promises {promise}").format(promise=promise.id) for promise in change.gone)


def _deeds(step: Step) -> list[Deed]:
    """What the step does to each record, from what is there now to what was there before."""
    touches, contents = [], dict[str, bytes]()
    for file, now, then in step.changes:
        names = tuple(f"{when} {file}" if data is not None else None for when, data in (("now", now), ("then", then)))
        touches.append(Touch(file, *names))
        contents |= {name: data for name, data in zip(names, (now, then), strict=True) if name and data is not None}
    return deeds_done.deeds(None, sorted(touches), Trees(contents))
