"""The laws of service in a few sentences: what the source documents ask, what research calls it, what cannot be seen.

The sources stand in ``docs/score.md``.
"""

from __future__ import annotations

from typing import NamedTuple

from aftercare.language import N_


class Meaning(NamedTuple):
    """A law of service: what the documents ask for, its name in research, and what records cannot tell of it."""

    asks: str
    research: str
    unseen: str


STANDARD = Meaning(
    N_("Counted for the national standard GB/T 27922-2011 alone."),
    N_("It shows that the records speak to something; it is no score of its own."),
    N_("It cannot see what an assessor would walk through: rooms, tools, money."),
)
"""What is counted for L8, which the source documents do not know."""
MEANINGS = {
    "L1": Meaning(
        N_("Keep in touch by visits, calls and letters; listen, and let people know."),
        N_("Research calls it communication: keeping customers informed in words they understand, and listening."),
        N_("It cannot see whether the words were plain, nor calls that nobody wrote down."),
    ),
    "L2": Meaning(
        N_("Keep what was promised, go back on nothing."),
        N_("Research calls it reliability: the promised service, dependably and accurately."),
        N_("It cannot see promises that nobody wrote down."),
    ),
    "L3": Meaning(
        N_("Answer at once, mend quickly."),
        N_("Research calls it responsiveness: the will to help, and prompt service."),
        N_("It cannot see how long somebody stood at the counter."),
    ),
    "L4": Meaning(
        N_("A telephone that is answered; near, and easy to reach."),
        N_("Research calls it access: approachability and ease of contact."),
        N_("It cannot see who tried and gave up."),
    ),
    "L5": Meaning(
        N_("The guarantee is kept, nobody pays for what is free, nobody is put in danger."),
        N_("Research calls it security: freedom from danger, risk or doubt."),
        N_("It cannot see a danger that nobody reported."),
    ),
    "L6": Meaning(
        N_("Trained people, and work that holds."),
        N_("Research calls it competence: the skills and the knowledge that the work asks for."),
        N_("It cannot see skill beyond the papers; last week's repair has had little time to come back."),
    ),
    "L7": Meaning(
        N_("The satisfied customer is the end of it all."),
        N_("In research it is the whole, as the customer says it."),
        N_("It cannot see those who say nothing."),
    ),
    "L10": Meaning(
        N_("Customers who come back and bring others are what it is all for."),
        N_("It is never told apart by person: who sells again is not whose merit it was."),
        N_("It cannot see why somebody came back."),
    ),
}
"""Every law that is counted."""
