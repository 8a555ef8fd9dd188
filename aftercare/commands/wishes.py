"""The own verbs of wishes: passed on, answered, told, come true, taken back; each hand-over keeps a promise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from aftercare.answers import wishes
from aftercare.answers.affairs import affairs_with, owner_of
from aftercare.commands import deeds, desks
from aftercare.commands.facts import AT
from aftercare.commands.generic import JSON
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, verb
from aftercare.errors import Contradicts, Missing, UsageProblem
from aftercare.language import N_, _
from aftercare.plain.moments import is_late, iso, parse
from aftercare.plain.splicing import Append, Edit, Set
from aftercare.plain.tree import Tree
from aftercare.records.visit import Visit
from aftercare.records.wish import Wish


class Desk(desks.Desk[Wish]):
    """The desk at which a wish is dealt with."""

    @property
    def wish(self) -> Wish:
        """The wish."""
        return self.record

    def at(self) -> str:
        """When: as said, else the clock's time; never before the wish was heard."""
        when = super().at()
        if is_late(self.wish.said_on, parse(when)):
            raise Contradicts(
                _("{when} is before the wish was heard ({began})").format(
                    when=when.replace("T", " "), began=_spoken(iso(self.wish.said_on))
                )
            )
        return when

    def step(self, *names: str, when: str = "at") -> dict[str, Tree]:
        """A step as it stands in the file: when, what was said of it by the flags named, and by whom of the shop."""
        tree: dict[str, Tree] = {when: self.at()}
        tree |= {name: self.asked[name] for name in names if self.asked.get(name)}
        by = self.asked.get("by")
        return {**tree, **({"by": by} if by else {})}


Make: TypeAlias = Callable[[Desk], list[Edit]]
REF = argument("ref", metavar="REF")
REFS = argument("refs", many=True, metavar="REF...")
BY = option("--by", metavar="REF", text=N_("who of the shop"))
HOW = option("--how", metavar="S", text=N_("how, and what was said"))


def _spoken(when: str) -> str:
    return when.replace("T", " ")


def _change(session: Session, name: str, make: Make, refs: tuple[str, ...], asked: dict[str, Any]) -> None:
    """Change the wishes, all or none, and say what that did; none that its customer took back."""
    fmt = asked.pop("fmt")
    with session.writing(f"wish {name}") as pen:
        reader = deeds.reader(session, pen.shelf)
        for flag, kind in (("by", "staff"), ("product", "product")):
            asked[flag] = reader.resolve(asked[flag], (kind,)) if asked.get(flag) else None
        ids = list(dict.fromkeys(deeds.own(session, pen.shelf, ref, "wish") for ref in refs))
        for wish_id in ids:
            wish = pen.shelf.get(wish_id)
            if isinstance(wish, Wish):
                _refuse_taken_back(wish)
                edits = make(Desk(session, pen, wish, reader, asked))
                pen.edit(wish_id, deeds.checked("wish", wish_id, edits, pen))
        deeds.written(session, pen, f"wish {name} {', '.join(ids)}")
    deeds.tell(session, pen, fmt=fmt)


def _refuse_taken_back(wish: Wish) -> None:
    if wish.withdrawn:
        raise Contradicts(
            _("the customer took {wish} back on {when}").format(wish=wish.id, when=_spoken(iso(wish.withdrawn.on))),
            f"aftercare wish set {wish.id} withdrawn=",
        )


@verb(
    "pass-on",
    N_("The wish was passed on: to the maker, or to whoever can make it come true."),
    REFS,
    option("--to", metavar="S", text=N_("to whom; absent: the maker of the product that it is about")),
    HOW,
    AT,
    BY,
    JSON,
    example="aftercare wish pass-on WI26-0001 --to 晨屿电器 --how 月度反馈表",
)
def pass_on(session: Session, refs: tuple[str, ...], **asked: Any) -> None:
    """Several wishes may go in one letter."""

    def make(desk: Desk) -> list[Edit]:
        to = desk.asked["to"] or _maker(desk)
        waiting = next((one for one in wishes.unanswered(desk.wish) if wishes.same(one.to, to)), None)
        if waiting is not None:
            raise Contradicts(
                _("{wish} was passed on to {to} on {when} already, and waits for an answer").format(
                    wish=desk.wish.id, to=waiting.to, when=_spoken(iso(waiting.at))
                ),
                f"aftercare wish answer {desk.wish.id} --says …",
            )
        return [Append(("passed_on",), {"to": to, **desk.step("how")})]

    _change(session, "pass-on", make, refs, asked)


def _maker(desk: Desk) -> str:
    """The maker of the product that the wish is about; Missing where nobody wrote one down."""
    affairs = affairs_with(desk.pen.shelf, owner_of(desk.pen.shelf, desk.wish.id) or "")
    rules = desk.session.rules(desk.pen.book)
    product = affairs.products.get(wishes.product_of(desk.wish, affairs, rules)) if affairs else None
    if product is None or not product.maker:
        raise Missing(["--to"])
    return product.maker


@verb(
    "answer",
    N_("An answer came back, or the shop itself has one."),
    REF,
    option("--says", required=True, metavar="S", text=N_("what was answered")),
    option("--who", metavar="S", text=N_("whose answer it is; absent: theirs who have not answered yet")),
    option("--ourselves", is_flag=True, text=N_("it is the shop's own answer: there is nothing more to wait for")),
    option("--taken-up/--not-taken-up", "taken_up", default=None, text=N_("whether the wish is taken up")),
    option("--told", is_flag=True, text=N_("and the customer was told it at once")),
    AT,
    BY,
    JSON,
    example="aftercare wish answer WI26-0001 --says 下一代遥控器字号加大 --taken-up\n"
    "aftercare wish answer WI26-0002 --ourselves --says 周末延长到20点 --told",
)
def answer(session: Session, ref: str, **asked: Any) -> None:
    """What they answered to whom it was passed on; the shop's own answer where it was passed on to nobody."""
    if asked["who"] and asked["ourselves"]:
        raise UsageProblem(_("--who names others, --ourselves the shop: give one of them"))

    def make(desk: Desk) -> list[Edit]:
        who, taken = _who(desk), desk.asked["taken_up"]
        step = desk.step("says")
        _refuse_before(desk.wish, who, str(step["at"]))
        by = {"by": step.pop("by")} if "by" in step else {}
        whole: dict[str, Tree] = {**step, **({"who": who} if who else {}), **by}
        whole |= {} if taken is None else {"taken_up": "yes" if taken else "no"}
        told: list[Edit] = [Append(("told",), {"at": step["at"], **by})] if desk.asked["told"] else []
        return [Append(("answers",), whole), *told]

    _change(session, "answer", make, (ref,), asked)


def _who(desk: Desk) -> str:
    """Whose answer it is; "" for the shop's own.  Contradicts where nobody, or more than one, can be meant."""
    wish, said = desk.wish, desk.asked["who"]
    if desk.asked["ourselves"] or not (said or wish.passed_on):
        return ""
    parties = [one.to for one in wish.passed_on]
    if said:
        known = next((to for to in reversed(parties) if wishes.same(to, said)), None)
        if known is None:
            raise Contradicts(
                _("{wish} was not passed on to {who}").format(wish=wish.id, who=said),
                f"aftercare wish pass-on {wish.id} --to {said}",
            )
        return known
    waiting = [one.to for one in wishes.unanswered(wish)]
    if len(waiting) == 1:
        return waiting[0]
    sentence = (
        _("{wish} waits for the answers of several: {names}")
        if waiting
        else _("all to whom {wish} was passed on have answered: {names}")
    )
    names = list(dict.fromkeys(waiting or parties))
    raise Contradicts(
        sentence.format(wish=wish.id, names=_(", ").join(names)),
        f"aftercare wish answer {wish.id} --who {names[0]} --says …",
    )


def _refuse_before(wish: Wish, who: str, when: str) -> None:
    """Nobody answers before they were asked."""
    asked = [one.at for one in wish.passed_on if wishes.same(one.to, who)]
    if who and all(is_late(at, parse(when)) for at in asked):
        raise Contradicts(
            _("{when} is before {wish} was passed on to {who}").format(when=_spoken(when), wish=wish.id, who=who)
        )


@verb(
    "tell",
    N_("The customer was told what came of the wish."),
    REFS,
    HOW,
    AT,
    BY,
    JSON,
    example="aftercare wish tell WI26-0001 --how 电话告知 --by 小赵",
)
def tell(session: Session, refs: tuple[str, ...], **asked: Any) -> None:
    """An answer, or that the wish came true; a contact about the wish says it as well."""

    def make(desk: Desk) -> list[Edit]:
        step, visits = desk.step("how"), list(desk.pen.shelf.of(Visit))
        if all(is_late(at, parse(str(step["at"]))) for at in wishes.news(desk.wish)):
            raise Contradicts(
                _("{wish}: there was nothing to tell by {when}").format(
                    wish=desk.wish.id, when=_spoken(str(step["at"]))
                ),
                f"aftercare wish answer {desk.wish.id} --says …",
            )
        if not wishes.is_untold(desk.wish, visits):
            when = wishes.told_on(desk.wish, visits)[-1]
            raise Contradicts(
                _("{wish}: the customer was told on {when} already").format(wish=desk.wish.id, when=_spoken(iso(when)))
            )
        return [Append(("told",), step)]

    _change(session, "tell", make, refs, asked)


@verb(
    "realise",
    N_("The wish came true: a product, or a change, is there; whoever wished it is told."),
    REFS,
    option("--product", metavar="REF", text=N_("the product in which it came true")),
    option("--what", metavar="S", text=N_("what was changed")),
    AT,
    BY,
    JSON,
    example="aftercare wish realise WI26-0001 WI26-0004 --product KFR-35B --what 遥控器大字版",
)
def realise(session: Session, refs: tuple[str, ...], **asked: Any) -> None:
    """One product may make the wishes of many come true, and each of them is told."""
    if not (asked["product"] or asked["what"]):
        raise Missing(["--product / --what"])

    def make(desk: Desk) -> list[Edit]:
        if desk.wish.realised:
            raise Contradicts(
                _("{wish} came true on {when} already").format(
                    wish=desk.wish.id, when=_spoken(iso(desk.wish.realised.on))
                ),
                f"aftercare wish set {desk.wish.id} realised.what=…",
            )
        step = desk.step("what", when="on")
        if desk.asked["product"]:
            step["product"] = desk.asked["product"]
        order = ("on", "product", "what", "by")
        return [Set(("realised",), {name: step[name] for name in order if name in step})]

    _change(session, "realise", make, refs, asked)


@verb(
    "withdraw",
    N_("The customer took the wish back."),
    REF,
    option("--reason", metavar="S", text=N_("why")),
    AT,
    JSON,
    example="aftercare wish withdraw WI26-0001 --reason 已换成别的型号",
)
def withdraw(session: Session, ref: str, **asked: Any) -> None:
    """Nothing more is owed for it."""
    _change(session, "withdraw", lambda desk: [Set(("withdrawn",), desk.step("reason", when="on"))], (ref,), asked)
