"""Whose a complaint is: the shop's own, or one of the goods, which their maker should hear."""

from __future__ import annotations

from aftercare.book.shelf import kind_of
from aftercare.records.complaint import Complaint

WORKS = frozenset({"delivery", "installation", "visit", "promise"})
"""What a complaint may be about that the shop did, or was to do."""


def is_our_fault(complaint: Complaint) -> bool:
    """Whether the look into a complaint found that it was the shop, or who works for it, and not the goods."""
    return complaint.findings is not None and complaint.findings.fault in {"shop", "carrier", "installer"}


def is_about_goods(complaint: Complaint) -> bool:
    """Whether a complaint is for the maker to hear: of the goods, and not of how the shop brought or put them up.

    What the look into it found counts; without that, a complaint about a work or a promise of the shop that names no
    claim and tells of no incident is the shop's own.
    """
    if complaint.findings and complaint.findings.fault:
        return not is_our_fault(complaint)
    kinds = {_kind(subject) for subject in complaint.about}
    return "claim" in kinds or complaint.incident is not None or not kinds & WORKS


def _kind(subject: str) -> str:
    """The kind of what a complaint is about; of a step of a unit (``SA26-0001/1/install``) that of a promise."""
    head, __, rest = subject.partition("/")
    return "promise" if "/" in rest else kind_of(head)
