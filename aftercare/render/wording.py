"""What a measure is in words, and those words for what is counted for the national standard (L8) alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from aftercare.language import N_


class Wording(NamedTuple):
    """A measure in words: its title, the cases it counts, and which of them make the figure."""

    title: str
    of: str
    good: str = ""


EVIDENCE: Mapping[str, Wording] = {
    "certified_people": Wording(
        N_("people with a valid certificate"),
        N_("people of the shop with a certificate that is valid on the last day, or today"),
    ),
    "trainings": Wording(N_("trainings given to our people"), N_("trainings of people, by their day")),
    "credo_lines": Wording(N_("lines of the credo"), N_("lines of the credo in force on the last day, or today")),
    "breaches_found": Wording(
        N_("breaches of service found"),
        N_("what check finds of the service, settled or not, by the first day on which it was a breach"),
    ),
    "breaches_settled": Wording(
        N_("breaches of service settled"),
        N_("what check finds of the service, settled or not, by the first day on which it was a breach"),
        N_("apologised for, made good or accepted by today"),
    ),
    "trainings_after_complaints": Wording(
        N_("trainings that answer a complaint"), N_("trainings that name the complaint they answer")
    ),
    "goods_described": Wording(
        N_("products sold with something to read, see or ask"),
        N_("products sold in the period"),
        N_("features, a manual, a brochure, a page, a video or a hotline is on file"),
    ),
    "offers_published": Wording(N_("offers published"), N_("offers, by the day they were published")),
    "use_explained": Wording(
        N_("installations with use and care explained"), N_("installations done"), N_("use and care were explained")
    ),
    "advice_given": Wording(
        N_("contacts in which advice was given"), N_("contacts that reached somebody, for advice or with it")
    ),
    "customers_on_file": Wording(
        N_("customers on file"), N_("customers with a file on the last day, or today, who had not left by then")
    ),
}
"""Every one of them by its id."""
