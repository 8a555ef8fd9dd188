"""``aftercare completion SHELL``: the few lines by which a shell asks us what may be typed."""

from __future__ import annotations

from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, verb
from aftercare.language import N_
from aftercare.render.output import put_data
from aftercare.render.shells import SCRIPTS


@verb(
    "completion",
    N_("Print what makes your shell complete commands, flags, and what is in the book."),
    argument("shell", metavar="bash|zsh|fish", choices=tuple(SCRIPTS)),
    example='eval "$(aftercare completion bash)"\naftercare completion fish | source',
)
def completion(session: Session, shell: str) -> None:
    """The script, for ``eval`` or for a file that the shell reads."""
    del session
    put_data(SCRIPTS[shell])
