"""The letter of apology as a page of A4: plain, and no more than the records know."""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.answers.apology import Apology
from aftercare.answers.promises import Promise
from aftercare.language import _, current, plural
from aftercare.plain.words import echo
from aftercare.render.page import Fact, day, letterhead, listed, page, term
from aftercare.render.promises import kind_name


def apology_page(apology: Apology) -> str:
    """The letter in the language in use."""
    shop = apology.shop
    return page(
        "apology.html",
        code=apology.subject,
        title=_("We apologise"),
        shop=letterhead(shop),
        to=[entry for entry in (apology.to.name, apology.to.address) if entry],
        date=Fact(_("Date"), echo(apology.printed_on)),
        greeting=_("Dear {name},").format(name=apology.to.name),
        opening=[_opening(apology.promise)],
        facts=[fact for fact in _facts(apology) if fact.value],
        said=list(_said(apology)),
        closing=list(_closing(apology)),
        signing=[
            Fact(_("For {shop}").format(shop=shop.name) if shop.name else _("For the shop"), ""),
            Fact(_("Date"), ""),
        ],
    )


def _opening(promise: Promise | None) -> str:
    """Sorry for what: a word that was given, a duty, a plan of our own, or how we served."""
    if promise is None:
        return _("We did not serve you as we should have. We are sorry.")
    if promise.draft.binds == "told":
        return _("We gave you our word and did not keep it. We are sorry.")
    if promise.draft.binds == "law":
        return _("We did not do for you in time what the law asks of us. We are sorry.")
    return _("We did not do for you in time what we had set ourselves to do. We are sorry.")


def _facts(apology: Apology) -> Iterator[Fact]:
    promise = apology.promise
    yield Fact(_("About"), listed(apology.about))
    if promise:
        told = promise.draft.binds == "told"
        label = _("What we promised") if told else _("What was due to you")
        yield Fact(label, promise.draft.words or kind_name(promise.what))
        yield Fact(_("Promised on"), day(promise.draft.made_on) if told else "")
        yield Fact(_("By when"), _by_when(promise))
    yield Fact(_("What happened"), _happened(apology, promise) if promise else apology.happened)
    yield Fact(_("On"), day(apology.happened_on))
    yield Fact(_("What we ask of ourselves"), apology.duty.said(current()) if apology.duty else "")
    yield Fact(_("What we did to make good"), listed(apology.mended))
    yield Fact(_("What is still to come"), listed([_to_come(promise) for promise in apology.to_come]))


def _to_come(promise: Promise) -> str:
    return " ".join(filter(None, (promise.draft.words or kind_name(promise.what), _by_when(promise))))


def _by_when(promise: Promise) -> str:
    due = promise.due or promise.draft.term
    return term(due) if due else ""


def _happened(apology: Apology, promise: Promise) -> str:
    if promise.state == "broken":
        return _broken(promise)
    days = apology.late_days
    if promise.kept and not days:
        return _("it was done on {when}, after the time").format(when=echo(promise.kept.at))
    if promise.kept:
        sentence = plural("it was done on {when}, {days} day late", "it was done on {when}, {days} days late", days)
        return sentence.format(when=echo(promise.kept.at), days=days)
    sentence = plural("not done yet, {days} day after the time", "not done yet, {days} days after the time", days)
    return sentence.format(days=days) if days else _("not done in time")


def _broken(promise: Promise) -> str:
    """When we said that we would not keep it, and why as far as somebody wrote it down."""
    ended = promise.ended
    when, reason = (echo(ended.at), ended.reason) if ended else ("", "")
    if reason:
        return _("on {when} we had to say that we would not do it: {reason}").format(when=when, reason=reason)
    return _("on {when} we had to say that we would not do it").format(when=when)


def _said(apology: Apology) -> Iterator[str]:
    yield _("You relied on us. That this went wrong is our doing and not yours.")
    if apology.promise and apology.promise.is_open:
        yield _("We still owe it to you, and it stays on our list until it is done.")


def _closing(apology: Apology) -> Iterator[str]:
    if apology.shop.phone:
        yield _("If anything here is not as you know it, please tell us: {phone}.").format(phone=apology.shop.phone)
    else:
        yield _("If anything here is not as you know it, please tell us.")
    yield _("This letter takes away none of your rights.")
