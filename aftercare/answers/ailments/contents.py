"""What stands in the files: those that are not valid, facts that lie in the future, and files from the future."""

from __future__ import annotations

from collections.abc import Iterator
from shlex import quote

from aftercare.answers.ailments.ailing import Ailment, Chart
from aftercare.answers.ailments.files import loosely_named
from aftercare.answers.checking import explained
from aftercare.book import journal
from aftercare.book.ids import SUFFIX, of_path, parse, path_of
from aftercare.book.journal import Noted
from aftercare.book.mending import Mend, left_unfinished
from aftercare.book.writing import unfinished
from aftercare.errors import Fault
from aftercare.language import _
from aftercare.plain.moments import is_late, iso
from aftercare.plain.reading import line_of
from aftercare.plain.tree import dotted
from aftercare.records.schema import leaves

_DAY = 86400.0


def contents(chart: Chart, mended: set[str]) -> Iterator[Ailment]:
    """What is wrong inside of files, but for those in *mended*."""
    yield from _unfinished(left_unfinished(chart.book.root, locked=chart.locked))
    seen: set[tuple[str, str]] = set()
    for fault in explained(chart.book, chart.shelf.faults):
        if fault.file not in mended and (fault.file, fault.code) not in seen:
            if fault.code == "conflict-marker":  # one line says it of all the marks of a file
                seen.add((fault.file, fault.code))
            yield Ailment(_short(fault), _remedy(fault))
    yield from _ahead(chart)
    yield from _clock(chart)


def _unfinished(noted: Noted) -> Iterator[Ailment]:
    """What a killed command left, which is finished, dropped or set aside, as far as we know what it meant."""
    fault, files = Fault(journal.FILE, 1, "unfinished", ""), ", ".join(noted.changed[:8])
    moved = Mend(away=(journal.FILE,), finishes=True)
    match noted.state:
        case "whole":
            message = _("a command that was killed has not done all that it had begun; what it began counts as done")
            yield Ailment(fault._replace(message=message), _("finishes it"), Mend(finishes=True))
        case "void":
            message = _("a command was killed before it did anything, and {files} changed since")
            yield Ailment(fault._replace(message=message.format(files=files)), _("drops it"), Mend(finishes=True))
        case "mixed":
            message = _("a command was killed half-way, and {files} changed since; so nobody can write here")
            remedy = _("leaves all files as they are, and sets aside what was to become of them; look at them then")
            yield Ailment(fault._replace(message=message.format(files=files)), remedy, moved)
        case "strange":
            message = _("this stands where a command notes what it is about to do, and is no such note")
            yield Ailment(fault._replace(message=message), _("sets it aside"), moved)
        case "newer":
            yield Ailment(unfinished(noted), _("finish it with that version: {command}").format(command="doctor --fix"))


def _short(fault: Fault) -> Fault:
    """A number that was given twice, without the command that parts the two: that is the remedy."""
    if fault.code != "conflict-marker" or "aftercare renumber" not in fault.message:
        return fault
    sentence = _("two clones gave the number {record} to two records")
    return fault._replace(message=sentence.format(record=of_path(fault.file)))


def _remedy(fault: Fault) -> str:
    meant = loosely_named(fault.file.rpartition("/")[2])
    match fault.code:
        case "conflict-marker" if "aftercare renumber" in fault.message:
            return f"aftercare renumber {of_path(fault.file)}"
        case "conflict-marker":
            return _("choose in an editor, then: {command}").format(command=f"git add {quote(fault.file)}")
        case "misplaced" if meant:
            sentence = _("mend it in an editor, and give it the name of its id: {name}; or take it away")
            return sentence.format(name=f"{meant}{SUFFIX}")
        case "not-a-file":
            return _("move it away: {command}").format(command=f"mv {quote(fault.file)} …")
        case "not-utf8":
            return _("save it as UTF-8 in the editor that it comes from")
        case _other:
            return _("mend it in an editor")


def _ahead(chart: Chart) -> Iterator[Ailment]:
    """Facts that have not come yet: a wrong year, or a clock that was wrong when they were written."""
    for record in chart.shelf.records.values():
        named = parse(record.id)
        late = [leaf for leaf in leaves(record) if leaf.field.is_fact and is_late(leaf.value, chart.now)]
        if named and late:
            file, first = path_of(named), late[0]
            message = _("{field}: {when} has not come yet; is the year right, and the clock?")
            said = message.format(field=dotted(first.path), when=iso(first.value))
            line = line_of(chart.book.bytes_of(file), first.path)
            command = f"aftercare {named.kind.name} set {record.id} {dotted(first.path)}=…"
            remedy = _("set what is right: {command}").format(command=command)
            yield Ailment(Fault(file, line, "ahead", said), remedy)


def _clock(chart: Chart) -> Iterator[Ailment]:
    late = [seen for seen in chart.seen if seen.is_file and seen.written > chart.clock + _DAY]
    if late:
        message = _("files that were written after today by their own date: {count}").format(count=len(late))
        yield Ailment(Fault(late[0].path, 1, "clock", message), _("look at the clock of this machine"))
