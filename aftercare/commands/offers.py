"""The own verbs of offers: where they are published, what is done about a misprint, how they end."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from aftercare.answers.offers import misprinted
from aftercare.commands import desks
from aftercare.commands.facts import AT
from aftercare.commands.generic import JSON
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, verb
from aftercare.errors import BadValue, Contradicts, Missing, NoSuchRecord, UsageProblem
from aftercare.language import N_, _
from aftercare.plain.moments import is_late, iso, parse, spoken
from aftercare.plain.splicing import Append, Edit, Set
from aftercare.plain.text import fold, nth
from aftercare.plain.tree import Tree
from aftercare.records.offer import Misprint, Offer, Place
from aftercare.records.schema import field_at

REF = argument("ref", metavar="REF")
BY = option("--by", metavar="REF", text=N_("who of the shop"))
HOW = option("--how", metavar="S", text=N_("how"))


class Desk(desks.Desk[Offer]):
    """The desk at which an offer is dealt with."""

    @property
    def offer(self) -> Offer:
        """The offer."""
        return self.record

    @property
    def misprint(self) -> Misprint:
        """The misprint; Contradicts where none is known."""
        if self.offer.misprint is None:
            raise Contradicts(
                _("{offer}: nobody has noted that it was misprinted").format(offer=self.offer.id),
                f"aftercare offer misprint {self.offer.id} --says … --meant …",
            )
        return self.offer.misprint

    def about_misprint(self, *names: str) -> dict[str, Tree]:
        """A deed about the misprint, which cannot come before it was noticed."""
        noticed, deed = self.misprint.at, self.step(*names)
        if is_late(noticed, parse(str(deed["at"]))):
            raise Contradicts(
                _("{when} is before the misprint was noticed ({noticed})").format(
                    when=spoken(str(deed["at"])), noticed=spoken(noticed)
                )
            )
        return deed


change = partial(desks.change, kind="offer", desk=Desk)


@verb(
    "publish",
    N_("It was published in one more place."),
    REF,
    option("--where", required=True, metavar="PLACE", text=N_("the place: a paper, the window, a page, the packing")),
    option("--until", metavar="T", text=N_("until when customers may rely on what stands there, once it is corrected")),
    AT,
    JSON,
    example="aftercare offer publish OF26-0001 --where 橱窗",
)
def publish(session: Session, **asked: Any) -> None:
    """A place that a correction would have to reach."""

    def make(desk: Desk) -> list[Edit]:
        where = desk.asked["where"].strip()
        if any(_is(place, where) for place in desk.offer.published):
            raise Contradicts(_("{offer} stands there already: {where}").format(offer=desk.offer.id, where=where))
        place: dict[str, Tree] = {"where": where, "at": desk.at()}
        if desk.asked["until"]:
            place["until"] = desk.reader.date("--until", desk.asked["until"])
        return [Append(("published",), place)]

    change(session, "publish", make, **asked)


@verb(
    "misprint",
    N_("What was published is not what was meant; it is honoured as published until it is corrected everywhere."),
    REF,
    option("--says", required=True, metavar="TEXT", text=N_("what was printed")),
    option("--meant", required=True, metavar="TEXT", text=N_("what was meant")),
    option("--meant-price", multiple=True, metavar="[N=]M", text=N_("the price that was meant, of the Nth price")),
    option("--printed", multiple=True, metavar="N", text=N_("a row of what it gives that was printed by mistake")),
    option("--gives", multiple=True, metavar="K=V", text=N_("what was meant to be given and not printed")),
    option("--where", multiple=True, metavar="PLACE", text=N_("a place where it stands, if nobody wrote that down")),
    AT,
    BY,
    JSON,
    example="aftercare offer misprint OF26-0001 --says 两瓶3元 --meant 第一瓶7元，赠一瓶 --meant-price 7",
)
def misprint(session: Session, **asked: Any) -> None:
    """Whoever read it may rely on it; from now on the house owes a correction in each place."""

    def make(desk: Desk) -> list[Edit]:
        if desk.offer.misprint is not None:
            when = spoken(desk.offer.misprint.at)
            raise Contradicts(
                _("{offer}: a misprint is noted already, on {when}").format(offer=desk.offer.id, when=when)
            )
        if not desk.offer.published and not desk.asked["where"]:
            raise Missing(["--where"])
        words = {"says": desk.asked["says"], "meant": desk.asked["meant"]}
        first = iso(desk.offer.published_on)
        noted: list[Edit] = [Append(("published",), {"where": where, "at": first}) for where in desk.asked["where"]]
        noted.append(Set(("misprint",), {"at": desk.at(), **words, **desk.person()}))
        return [*noted, *_meant_prices(desk), *_printed(desk), *_meant_rows(desk)]

    change(session, "misprint", make, **asked)


def _meant_prices(desk: Desk) -> list[Edit]:
    edits: list[Edit] = []
    for said in desk.asked["meant_price"]:
        number, sign, amount = fold(said).rpartition("=")
        if not sign and len(desk.offer.prices) > 1:
            raise BadValue("--meant-price", said, _("it names several prices; write which, as 1=7"))
        row = _row("--meant-price", number if sign else "1", len(desk.offer.prices))
        edits.append(Set(("prices", row, "meant"), desk.reader.amount("--meant-price", amount)))
    return edits


def _printed(desk: Desk) -> list[Edit]:
    rows = (_row("--printed", number, len(desk.offer.gives)) for number in desk.asked["printed"])
    return [Set(("gives", row, "holds"), "printed") for row in rows]


def _row(flag: str, number: str, count: int) -> int:
    """The place of a row that is counted from 1."""
    place = nth(fold(number), count)
    if not place:
        raise BadValue(flag, number, _("there are {count}, counted from 1").format(count=count))
    return place - 1


def _meant_rows(desk: Desk) -> list[Edit]:
    field = field_at(Offer, ("gives",))
    if field is None:
        raise NoSuchRecord("gives", "gives")
    edits: list[Edit] = []
    for said in desk.asked["gives"]:
        row = desk.reader.value("--gives", field, said)
        edits.append(Append(("gives",), {**(row if isinstance(row, dict) else {}), "holds": "meant"}))
    return edits


@verb(
    "correct",
    N_("A misprint was put right in a place, or taken away there."),
    REF,
    option("--where", multiple=True, metavar="PLACE", text=N_("the place; several may be named")),
    option("--everywhere", is_flag=True, text=N_("in every place where it still stands")),
    AT,
    BY,
    JSON,
    example="aftercare offer correct OF26-0001 --where 橱窗",
)
def correct(session: Session, **asked: Any) -> None:
    """Once the last place is put right nobody can rely on the misprint any more."""
    if bool(asked["where"]) is asked["everywhere"]:
        raise UsageProblem(_("give --where, once for each place, or --everywhere"))

    def make(desk: Desk) -> list[Edit]:
        done = desk.about_misprint()
        left = [number for number, place in misprinted(desk.offer) if place.corrected_at is None]
        wanted = left if desk.asked["everywhere"] else [_place(desk, where, left) for where in desk.asked["where"]]
        if not wanted:
            raise Contradicts(_("{offer} is corrected everywhere already").format(offer=desk.offer.id))
        edits: list[Edit] = []
        for number in dict.fromkeys(wanted):
            edits.append(Set(("published", number - 1, "corrected_at"), done["at"]))
            edits += [Set(("published", number - 1, "by"), done["by"])] if "by" in done else []
        return edits

    change(session, "correct", make, **asked)


def _place(desk: Desk, where: str, left: Sequence[int]) -> int:
    """The number of the place that is meant: of that name, or the only one whose name holds the words."""
    numbered = list(enumerate(desk.offer.published, start=1))
    named = [number for number, place in numbered if _is(place, where)]
    named = named or [number for number, place in numbered if fold(where).casefold() in fold(place.where).casefold()]
    if len(named) != 1:
        known = _(", ").join(place.where for place in desk.offer.published)
        raise BadValue("--where", where, _("it stands in: {places}").format(places=known))
    place = desk.offer.published[named[0] - 1]
    if place.corrected_at is not None:
        sentence = _("{where}: it was put right on {when} already")
        raise Contradicts(sentence.format(where=place.where, when=spoken(place.corrected_at)))
    if named[0] not in left:
        raise Contradicts(_("{where}: what stands there is right").format(where=place.where))
    return named[0]


def _is(place: Place, where: str) -> bool:
    return fold(place.where).casefold() == fold(where).casefold()


@verb(
    "supply",
    N_("Stock was made ready, so that nobody who relies on a misprint goes away with nothing."),
    REF,
    HOW,
    AT,
    BY,
    JSON,
    example="aftercare offer supply OF26-0001 --how 仓库调来果汁300瓶",
)
def supply(session: Session, **asked: Any) -> None:
    """What was printed can be honoured for all who come."""
    change(
        session,
        "supply",
        lambda desk: [Append(("misprint", "supplied"), desk.about_misprint("how"))],
        **asked,
    )


@verb(
    "apologise",
    N_("The shop apologised to the public for a misprint."),
    REF,
    option("--where", required=True, metavar="PLACE", text=N_("where the apology was to be read")),
    HOW,
    AT,
    BY,
    JSON,
    example="aftercare offer apologise OF26-0001 --where 晚报 --how 登报致歉，两瓶仍按3元",
)
def apologise(session: Session, **asked: Any) -> None:
    """To everybody, not to one customer: for those see ``promise apologise``."""
    change(
        session,
        "apologise",
        lambda desk: [Append(("misprint", "apologised"), desk.about_misprint("where", "how"))],
        **asked,
    )


@verb(
    "spend",
    N_("Something that an offer cost beside what was given and charged less: a notice, a leaflet."),
    REF,
    option("--amount", required=True, metavar="M", text=N_("how much")),
    option("--for", "what", metavar="S", text=N_("for what")),
    AT,
    JSON,
    example="aftercare offer spend OF26-0001 --amount 600 --for 更正启事",
)
def spend(session: Session, **asked: Any) -> None:
    """An entry in the offer's cost."""

    def make(desk: Desk) -> list[Edit]:
        amount = desk.reader.amount("--amount", desk.asked["amount"])
        what: dict[str, Tree] = {"what": desk.asked["what"]} if desk.asked["what"] else {}
        return [Append(("costs",), {"at": desk.at(), **what, "amount": amount})]

    change(session, "spend", make, **asked)


@verb(
    "withdraw",
    N_("The offer ends before its last day; what it promised until then is owed all the same."),
    REF,
    option("--reason", metavar="S", text=N_("why")),
    AT,
    JSON,
    example="aftercare offer withdraw OF26-0001 --reason 赠品送完",
)
def withdraw(session: Session, **asked: Any) -> None:
    """No later sale meets it."""

    def make(desk: Desk) -> list[Edit]:
        ended = desk.offer.ended
        if ended is not None:
            raise Contradicts(
                _("{offer} was withdrawn on {when} already").format(offer=desk.offer.id, when=spoken(ended.on))
            )
        at, reason = desk.at(), desk.asked["reason"]
        if desk.offer.until and is_late(parse(at), desk.offer.until):
            raise Contradicts(_("{offer} ended on {when}").format(offer=desk.offer.id, when=spoken(desk.offer.until)))
        return [Set(("ended",), {"on": at, **({"reason": reason} if reason else {})})]

    change(session, "withdraw", make, **asked)
