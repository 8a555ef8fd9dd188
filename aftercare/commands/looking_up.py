"""Answers by the index alone, for commands that need no record: lists, pages for machines, and what is looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aftercare.answers import describing, naming
from aftercare.commands.session import Session
from aftercare.plain.moments import day_of
from aftercare.plain.text import for_ids

if TYPE_CHECKING:
    from aftercare.answers.looked_up import LookedUp


def looked_up(session: Session, *texts: str) -> LookedUp | None:
    """The records as the index knows them, to find *texts* among them; None where they have to be asked themselves.

    Faults of files go to stderr and make the exit code 3, as where the files are read.
    """
    from aftercare.answers.looked_up import LookedUp, is_searchable

    index = session.indexed() if all(map(is_searchable, texts)) else None
    return LookedUp(index) if index else None


def meant(
    session: Session, register: naming.Register, text: str, kinds: tuple[str, ...], *, echoed: bool = True
) -> str:
    """The id that a typed REF means, echoed in words where it was not written in full.

    Not *echoed* where the answer itself begins with these words.
    """
    from aftercare.render.output import say

    said = for_ids(text) if "any_promise" in kinds else text
    found = naming.resolve(register, said, kinds, day_of(session.now()).year)
    if echoed and found != text:
        say(describing.in_a_sentence(register.describe(found)) if found.count("/") <= 1 else found)
    return found
