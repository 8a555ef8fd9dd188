"""Every situation in which a command stops, one class each, kept by topic.

A class takes the facts of its situation, builds the sentence in the operator's language, says with ``remedy`` what
would help (a second line on stderr) and carries the exit code that ``docs/cron.md`` promises.  The command line
maps them in one place; nothing else in the library prints or exits.

A topic is loaded when one of its errors is first named: most commands end well, and to make all the classes takes a
tenth of the time of a short one.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from aftercare.errors.base import BUSY as BUSY
from aftercare.errors.base import DONE as DONE
from aftercare.errors.base import FOUND as FOUND
from aftercare.errors.base import INTERRUPTED as INTERRUPTED
from aftercare.errors.base import INVALID as INVALID
from aftercare.errors.base import NOT_COMMITTED as NOT_COMMITTED
from aftercare.errors.base import NOT_FOUND as NOT_FOUND
from aftercare.errors.base import REFUSED as REFUSED
from aftercare.errors.base import USAGE as USAGE
from aftercare.errors.base import AftercareError as AftercareError
from aftercare.errors.base import Fault as Fault
from aftercare.errors.base import InvalidBook as InvalidBook
from aftercare.errors.base import Refused as Refused
from aftercare.errors.base import UsageProblem as UsageProblem

if TYPE_CHECKING:
    from aftercare.errors.asking import *  # noqa: F403
    from aftercare.errors.files import *  # noqa: F403
    from aftercare.errors.finding import *  # noqa: F403
    from aftercare.errors.history import *  # noqa: F403
    from aftercare.errors.leaving import *  # noqa: F403
    from aftercare.errors.notifying import *  # noqa: F403
    from aftercare.errors.papers import *  # noqa: F403
    from aftercare.errors.questions import *  # noqa: F403
    from aftercare.errors.writing import *  # noqa: F403

_TOPICS = {
    "asking": (
        "BadValue MassChange Missing MissingExtra NeitherDateNorCommit NoDaysOff NotADate NotAnAmount "
        "Unfitting UnknownPacks UnknownPath"
    ),
    "files": (
        "BookExists BookLocked CannotRead CannotServe CannotWrite FileExists IndexStays IndexUnreadable InvalidInput "
        "MayNotLast NoBook NoSuchFile NoSuchMapping NotAttachable NotConfirmed WordsNotKept WouldOverwrite"
    ),
    "finding": "NoSuchBreach NoSuchMaker NoSuchRecord SeveralRecords WasRemoved",
    "history": (
        "ChangedSince HistoryCutOff IsMerge NoHistory NoSuchCommit NotCommitted NotInHistoryYet NothingToUndo "
        "OutsideHistory StartStays StillBuiltOn UndoBreaks UndoneAlready"
    ),
    "leaving": "MayBeNamed MayTellOf MixedUp NumberNotFitting NumberTaken StillOwed StillReferredTo",
    "notifying": "BadNoticeSettings LiesInTheBook NotAnOutbox NotForOthersEyes OutboxHeld",
    "papers": "CalledOff NoGuarantee NotTakenIn NothingLent NothingToDeliver NothingToInstall NothingToRegret",
    "questions": "BadQuestion ForbiddenInQuestion QuestionTooLarge QuestionTooLong",
    "writing": (
        "ChangedUnderneath Contradicts DecisionNeedsReason EditNotFaithful FutureFact NoIdsThen "
        "NotAKey NotBroughtBack NotPlainText"
    ),
}
"""The errors of each topic: what the lines above tell the type checker, for whoever imports one."""

if not TYPE_CHECKING:

    def __getattr__(name: str) -> type[AftercareError]:
        """An error of a topic that was not needed before."""
        for topic, errors in _TOPICS.items():
            if name in errors.split():
                found = globals()[name] = getattr(import_module(f"{__name__}.{topic}"), name)
                return found
        raise AttributeError(name)
