"""Files that are not where, or not as, a record lies: in another encoding or place, under an odd name, left over.

What a file says of its own id decides where it belongs, since that is what other records name.  Nothing is made of a
file that cannot be read as a record, nor of two that both claim one number and differ: which is right only people know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from shlex import quote
from typing import NamedTuple

from aftercare.answers.ailments.ailing import Ailment, Chart
from aftercare.book.belongings import is_backup, is_swap, killed_writer
from aftercare.book.files import Unusable, attached
from aftercare.book.ids import RecordId, loosely, of_path, parse, path_of
from aftercare.book.journal import Change
from aftercare.book.mending import Mend
from aftercare.book.renumbering import is_free, names_any, under
from aftercare.book.settings import FILE, settings_of
from aftercare.book.shelf import read_record
from aftercare.errors import EditNotFaithful, Fault
from aftercare.language import _
from aftercare.plain.encodings import Recoded, is_utf8, recoded
from aftercare.plain.reading import Unreadable, read
from aftercare.records.names import KINDS
from aftercare.records.typed import Setting

_YAML = re.compile(r"[^.].*\.ya?ml", re.DOTALL | re.IGNORECASE)
_ID = re.compile(r"[A-Za-z]{2}[0-9]{2}[-_ ]?[0-9]{1,9}(?![0-9])")
_CHINESE = frozenset({"", "CN", "SG"})
"""Countries whose old texts are in GB18030, and none said; elsewhere it would mistake what they are in."""
_FOLDERS = frozenset(kind.folder for kind in KINDS)


class Patient(NamedTuple):
    """A file that should be a record, as it was read: its ``good`` bytes are in UTF-8, ``said`` is the id in them."""

    file: str
    data: bytes
    good: bytes
    encoding: str
    said: RecordId

    @property
    def target(self) -> str:
        """Where it belongs."""
        return path_of(self.said)


def ailing_files(chart: Chart) -> Iterator[Ailment]:
    """All that is wrong with the files of the book, but for what stands in them."""
    yield from _leftovers(chart)
    yield from _settings(chart)
    read = {file: _read(chart, file) for file in _suspects(chart)}
    yield from _unread(chart, [file for file, patient in read.items() if patient is None])
    patients = [patient for patient in read.values() if patient]
    claimed: dict[str, list[Patient]] = {}
    for patient in patients:
        claimed.setdefault(patient.target, []).append(patient)
    for patient in patients:
        yield from _of(chart, patient, claimed[patient.target])


def _leftovers(chart: Chart) -> Iterator[Ailment]:
    for seen in chart.seen:
        if is_swap(seen):
            message = _("an editor has a file open, or was killed with it open")
            yield Ailment(Fault(seen.path, 1, "leftover", message), _("close the editor, or let it recover the text"))
        elif seen.is_file and killed_writer(seen.name, under_lock=chart.locked):
            message = _("a command that was killed left this temporary file")
            yield Ailment(Fault(seen.path, 1, "leftover", message), _("sets it aside"), Mend(away=(seen.path,)))
        elif is_backup(seen):
            message = _("an editor or git left this beside the file that it changed")
            yield Ailment(Fault(seen.path, 1, "leftover", message), _("sets it aside"), Mend(away=(seen.path,)))


def _settings(chart: Chart) -> Iterator[Ailment]:
    """The settings and packs of the shop in another encoding."""
    for file in (FILE, *chart.book.policies()):
        data = _bytes(chart, file)
        found = recoded(data, chinese=_is_chinese(chart)) if data is not None else None
        if data is None or found is None or not _is_valid(file, found.data):
            continue
        yield _recoding(file, data, found, Change(file, data, found.data))


def _is_valid(file: str, data: bytes) -> bool:
    if file == FILE:
        return not settings_of(data).faults
    try:
        read(data, file)
    except Unreadable:
        return False
    return True


def _suspects(chart: Chart) -> Iterator[str]:
    """The files that should be records and are not: invalid ones, and those that are named like one elsewhere."""
    for seen in chart.seen:
        named = of_path(seen.path)
        if not seen.is_file or (named and _is_well(chart, str(named))) or not _YAML.fullmatch(seen.name):
            continue
        is_in_place = seen.path.partition("/")[0] in _FOLDERS and seen.path.count("/") == 2
        if is_in_place or (_ID.match(seen.name) and loosely_named(seen.name)):
            yield seen.path


def loosely_named(name: str) -> RecordId | None:
    """The id that a file's name begins with, however it is written."""
    found = _ID.match(name)
    return loosely(found.group()) if found else None


def _unread(chart: Chart, files: list[str]) -> Iterator[Ailment]:
    """Files that are named like records where no command looks for one, and hold none."""
    told = {fault.file for fault in chart.shelf.faults}
    for file in files:
        if file not in told:
            message = _("named like a record, but no command reads it here, and it holds none")
            yield Ailment(Fault(file, 1, "misplaced", message), _("mend it in an editor, or take it away"))


def _is_well(chart: Chart, record_id: str) -> bool:
    return record_id in chart.shelf.records or record_id in chart.shelf.tombstones


def _read(chart: Chart, file: str) -> Patient | None:
    """A file that is a record once its encoding is seen through; None for any other."""
    data = _bytes(chart, file)
    if data is None:
        return None
    found = recoded(data, chinese=_is_chinese(chart))
    good = found.data if found else data
    if not is_utf8(good):
        return None
    try:
        said = parse(str(read(good, file).get("id")))
    except Unreadable:
        return None
    if said is None or isinstance(read_record(path_of(said), good, _setting(chart)), list):
        return None
    return Patient(file, data, good, found.encoding if found else "", said)


def _of(chart: Chart, patient: Patient, claimants: list[Patient]) -> Iterator[Ailment]:
    file, data, good, encoding, __ = patient
    code = "id" if of_path(file) else "misplaced"
    if patient.target == file:
        if encoding:
            yield _recoding(file, data, Recoded(encoding, good), Change(file, data, good))
        return
    yield from _in_the_wrong_place(chart, patient, claimants, code)


def _in_the_wrong_place(chart: Chart, patient: Patient, claimants: list[Patient], code: str) -> Iterator[Ailment]:
    file, target = patient.file, patient.target
    at_home = next((other for other in claimants if other.file == target), None)
    there = at_home.good if at_home else _bytes(chart, target)
    rivals = [other for other in claimants if other.good != patient.good]
    message = _("this is {record}, whose place is {place}").format(record=patient.said, place=target)
    fault = Fault(file, 1, code, message)
    is_named = _is_named(chart, of_path(file))
    if is_free(chart.book.root, chart.shelf, patient.said, but=file) and not rivals:
        if is_named:
            yield from _named_as_its_file(chart, patient, fault)
            return
        first = claimants[0].file == file
        remedy = _("moves it there") if first else _("sets this copy of {file} aside").format(file=claimants[0].file)
        yield Ailment(fault, remedy, _moving(chart, patient) if first else Mend(away=(file,)))
    elif there == patient.good and not is_named:
        message = _("a copy of {place}, byte for byte").format(place=target)
        yield Ailment(Fault(file, 1, "copy", message), _("sets it aside"), Mend(away=(file,)))
    elif code == "id" and (at_home or _is_well(chart, str(patient.said))) and there != patient.good:
        yield from _renumbering(fault, patient, _setting(chart))
    else:
        others = [other.file for other in rivals if other.file != target]
        place = others[0] if there is None and others else target
        is_too = at_home or there is None or _is_well(chart, str(patient.said))
        sentence = _("{place} is {record} too, and not the same") if is_too else _("{place} is taken by another file")
        message = sentence.format(place=place, record=patient.said)
        yield Ailment(Fault(file, 1, "copy", message), _compare(file))


def _compare(file: str) -> str:
    return _("compare the two; take one away, or make it a record of its own: {command}").format(
        command=f"aftercare renumber {quote(file)}"
    )


def _is_named(chart: Chart, named: RecordId | None) -> bool:
    """Whether records refer to a number."""
    return named is not None and any(names_any(record, [str(named)]) for record in chart.shelf.records.values())


def _named_as_its_file(chart: Chart, patient: Patient, fault: Fault) -> Iterator[Ailment]:
    """Others know the record by the name of its file: so the id in it is wrong, unless they know that too."""
    if _is_named(chart, patient.said):
        remedy = _("see which number is right; then: {command}")
        yield Ailment(fault, remedy.format(command=f"aftercare renumber {of_path(patient.file)}"))
    else:
        yield from _renumbering(fault, patient, _setting(chart), fault.message)


def _moving(chart: Chart, patient: Patient) -> Mend:
    """The file goes to its place, with what lies beside it; of one that is recoded the old one is kept."""
    changes = [Change(patient.target, None, patient.good), Change(patient.file, patient.data, None)]
    old = of_path(patient.file)
    folder = patient.target.rpartition("/")[0]
    for beside in attached(chart.book.root, old) if old else ():
        kept = _bytes(chart, beside)
        name = f"{patient.said}{beside.rpartition('/')[2].removeprefix(str(old))}"
        if kept is not None and _bytes(chart, f"{folder}/{name}") is None:
            changes += [Change(f"{folder}/{name}", None, kept), Change(beside, kept, None)]
    return Mend(tuple(changes), kept=(patient.file,) if patient.encoding else ())


def _renumbering(fault: Fault, patient: Patient, setting: Setting, message: str = "") -> Iterator[Ailment]:
    """A copy that was changed since is a record of its own: it gets the number of its name."""
    named = of_path(patient.file)
    if named is None or named.kind != patient.said.kind:
        yield Ailment(fault, _compare(patient.file))
        return
    try:
        after = under(named, patient.target, patient.good, setting, {}, [])
    except EditNotFaithful:
        yield Ailment(fault, _compare(patient.file))
        return
    copied = _("a changed copy of {record}, which still says that it is {record}")
    fault = fault._replace(message=message or copied.format(record=patient.said))
    mend = Mend((Change(patient.file, patient.data, after),), kept=(patient.file,))
    yield Ailment(fault, _("gives it the number of its file, {id}").format(id=named), mend)


def _recoding(file: str, data: bytes, found: Recoded, change: Change) -> Ailment:
    message = _("the file is not UTF-8; it looks like {encoding}").format(encoding=found.encoding)
    remedy = _("writes it anew as UTF-8 and sets the old file aside")
    del data
    return Ailment(Fault(file, 1, "not-utf8", message), remedy, Mend((change,), kept=(file,)))


def _bytes(chart: Chart, file: str) -> bytes | None:
    try:
        return chart.book.bytes_of(file)
    except (FileNotFoundError, Unusable, PermissionError):
        return None


def _is_chinese(chart: Chart) -> bool:
    return str(chart.book.settings.country or "").upper() in _CHINESE


def _setting(chart: Chart) -> Setting:
    return chart.book.settings.setting
