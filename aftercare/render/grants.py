"""How a clerk says what a verdict gives: the remedy, what it costs, until when, on what ground, and why not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from aftercare.language import N_, _, current, plural, word
from aftercare.plain import money
from aftercare.plain.moments import Moment, day_of
from aftercare.plain.words import echo
from aftercare.policies import vocabulary
from aftercare.policies.judging.verdict import RANK, Fee, Grant, Remedy, Step, Verdict
from aftercare.records.words import WORSE_THAN
from aftercare.render.verdict_rows import rate

NAMES = {
    "repair": N_("repair"),
    "replace": N_("exchange for the same model"),
    "replace_other_model": N_("exchange for another model"),
    "replace_with_fee": N_("exchange with a use fee"),
    "replace_assembly": N_("exchange of the assembly"),
    "refund": N_("full refund"),
    "refund_with_fee": N_("refund less a use fee"),
    "withdraw": N_("return without a reason"),
    "loan_unit": N_("unit on loan"),
    "price_reduction": N_("price reduction"),
    "rescind": N_("rescission of the contract"),
    "reject": N_("rejection of the goods"),
    "final_reject": N_("final rejection of the goods"),
    "damages": N_("damages"),
    "repeat_service": N_("service done again"),
    "perform_promise": N_("performance of what was promised"),
    "cancel_unshipped": N_("cancellation before shipment"),
    "set_additional_period": N_("setting a further period"),
}
"""What the remedies are called, the one that is most asked for first."""
_PAYS_BACK = frozenset(
    {"refund", "refund_with_fee", "withdraw", "rescind", "reject", "final_reject", "cancel_unshipped"}
)
_MEASURED = frozenset({"price_reduction", "damages"})
_BY = {
    "show": N_("for a fault that shows by {day}"),
    "declare": N_("to be declared by {day}"),
    "notify": N_("the defect to be notified by {day}"),
    "send": N_("the goods to be sent back by {day}"),
    "claim": N_("to be claimed by {day}"),
}
_MOST_TELLING = (
    "exclusions",
    "fault_kind",
    "buyer",
    "used",
    "unsealed",
    "opened_to_inspect",
    "exception_told",
    "severity",
)
_LENGTH = re.compile(r"(\d+) (days|workdays|months|years)", re.ASCII)


def remedy_name(name: str) -> str:
    """What a remedy is called at the counter."""
    return _(NAMES[name]) if name in NAMES else word(name)


def ranked(verdict: Verdict) -> list[Remedy]:
    """The remedies that are not closed: the one asked for, then the surest, the cheapest, the most asked for."""
    order = {name: at for at, name in enumerate(NAMES)}

    def key(remedy: Remedy) -> tuple[bool, int, Decimal, int]:
        cost = remedy.best.fee if remedy.best else None
        amount = Decimal(0) if cost is None else cost.amount
        last = amount if amount is not None else Decimal("Infinity")
        return (remedy.name != verdict.asked, -RANK[remedy.state], last, order.get(remedy.name, len(order)))

    return sorted((one for one in verdict.remedies.values() if one.state != "closed"), key=key)


def sum_of(amount: Decimal, currency: str) -> str:
    """An amount as it is said: yuan by their name, other currencies by their code."""
    figure = money.text(money.Amount(amount), currency)
    return _("{amount} yuan").format(amount=figure) if currency == "CNY" else f"{currency} {figure}"


def cost(grant: Grant, currency: str, *, reckoned: bool = True) -> str:
    """What the remedy costs the customer or brings back to them, with the sum where it is *reckoned* out."""
    back = None if grant.amount is None else sum_of(grant.amount, currency)
    if grant.fee is None:
        return _without_fee(grant.remedy, back)
    if grant.fee.amount is None:
        return _unknown(grant.fee)
    facts = {"fee": sum_of(grant.fee.amount, currency), "back": back}
    sums = sum_in_words(grant.fee, currency) if reckoned else ""
    if back is None:
        said = _("{fee} to pay ({sum})") if sums else _("{fee} to pay")
    else:
        said = _("{back} back, {fee} kept ({sum})") if sums else _("{back} back, {fee} kept")
    return said.format(**facts, sum=sums)


def _without_fee(remedy: str, back: str | None) -> str:
    if remedy in _MEASURED:
        return _("{back} to be paid").format(back=back) if back else _("how much, a person must judge")
    if back:
        return _("{back} back, nothing kept").format(back=back)
    return _("the whole price back, nothing kept") if remedy in _PAYS_BACK else _("free of charge")


def _unknown(fee: Fee) -> str:
    if fee.judged:
        return _("less what a person must judge: {what}").format(what=fee.judged.said(current()))
    if fee.percent is None:
        return _("less a use fee whose rate is not known")
    return _("less a use fee that cannot be reckoned yet")


def sum_in_words(fee: Fee, currency: str) -> str:
    """The sum behind a fee: price, rate, days of use, and what was left out; "" where there is none."""
    if fee.price is None or fee.percent is None or fee.days is None:
        return ""
    price = money.text(money.Amount(fee.price), currency)
    sums = [
        plural("{price} × {percent}% × {count} day", "{price} × {percent}% × {count} days", fee.days).format(
            price=price, percent=rate(fee.percent), count=fee.days
        )
    ]
    if fee.repair_days:
        sums.append(_left_out(fee.repair_days))
    if fee.capped:
        sums.append(_("never more than the price"))
    return _(", ").join(sums)


def _left_out(days: int) -> str:
    return plural("{count} day in repair left out", "{count} days in repair left out", days).format(count=days)


def until(grant: Grant, verdict: Verdict, say: Callable[[Moment], str] = echo) -> str:
    """The last good day and what must happen by it, or that the fault showed in time."""
    if grant.until is None:
        return _("no last day yet") if grant.state == "ask" else _("no last day is set")
    day = say(grant.until)
    if grant.act == "show" and grant.state != "ask" and verdict.fault_on and verdict.fault_on <= day_of(grant.until):
        return _("fault in time (by {day})").format(day=day)
    return _(_BY.get(grant.act, _BY["claim"])).format(day=day)


def condition(remedy: Remedy) -> str:
    """What the remedy still hangs on; "" for one that is simply open."""
    if remedy.state == "ask":
        missing = remedy.ask or (remedy.best.missing if remedy.best else ())
        return _("depends on: {facts}").format(facts=_(", ").join(map(label, missing)))
    if remedy.state == "if_proven":
        return _("if it is shown that the fault was there at delivery")
    return _("a person must judge it") if remedy.state == "review" else ""


def opening(grant: Grant) -> str:
    """From when, where that day is still to come."""
    return _("from {day} on").format(day=echo(grant.since)) if grant.since else ""


def refusal(remedy: Remedy, verdict: Verdict, *, briefly: bool = False) -> str:
    """Why a remedy is closed; *briefly* leaves out when the fault showed."""
    if remedy.why == "better_open" and remedy.name in WORSE_THAN:
        return _("not needed: {better} is open").format(better=remedy_name(WORSE_THAN[remedy.name]))
    if remedy.why == "better_open":
        return _("another remedy takes its place")
    if remedy.why == "excluded":
        return _excluded(verdict)
    if remedy.why == "not_yet":
        return _("not before {day}").format(day=echo(remedy.since)) if remedy.since else _("not open yet")
    if remedy.why == "expired":
        return _expired(remedy.ended, None if briefly else verdict.fault_on)
    return _("no rule grants it here")


def _excluded(verdict: Verdict) -> str:
    grounds = [entry.strip() for entry in verdict.facts.get("exclusions", "").split(",") if entry.strip()]
    if not grounds:
        return _("excluded by the rule")
    return _("excluded: {grounds}").format(grounds=_(", ").join(map(word, grounds)))


def _expired(ended: Moment | None, showed: date | None) -> str:
    if ended is None:
        return _("its time is over")
    if showed and showed > day_of(ended):
        sentence = _("the fault showed on {fault}, the last good day was {day}")
        return sentence.format(day=echo(ended), fault=echo(showed))
    return _("the last good day was {day}").format(day=echo(ended))


_STEPS = {
    "add": N_(" + {count} = {day}"),
    "pause": N_(" + {count} in repair = {day}"),
    "roll": N_(", a day off, so {day}"),
    "restart": N_(", begun anew on {day}"),
}


def reckoning(steps: Sequence[Step], *, named: bool = False) -> str:
    """How a last day was reckoned, step by step; *named* says also which fact it began with."""
    return "".join(_step(step, named) for step in _stays_together(steps))


def _stays_together(steps: Sequence[Step]) -> list[Step]:
    """The steps with stays in repair that follow one another as one."""
    found: list[Step] = []
    for step in steps:
        last = found[-1] if found else None
        if last and last.what == step.what == "pause" and last.count.isdecimal() and step.count.isdecimal():
            found[-1] = Step("pause", str(int(last.count) + int(step.count)), step.day)
        else:
            found.append(step)
    return found


def _step(step: Step, named: bool) -> str:
    day = step.day.isoformat()
    if step.what == "start":
        said = _("{fact} {day}") if named and step.count in vocabulary.facts() else _("from {day}")
        return said.format(fact=label(step.count), day=day)
    return _(_STEPS.get(step.what, _STEPS["add"])).format(count=length(step.count), day=day)


def length(count: str) -> str:
    """A length of time in words; a bare number is one of days, any other text stays as it is."""
    found = _LENGTH.fullmatch(f"{count} days" if count.isdecimal() else count)
    if not found:
        return count
    number, unit = int(found[1]), found[2]
    said = {
        "days": plural("{count} day", "{count} days", number),
        "workdays": plural("{count} working day", "{count} working days", number),
        "months": plural("{count} month", "{count} months", number),
        "years": plural("{count} year", "{count} years", number),
    }
    return said[unit].format(count=number)


def label(fact: str) -> str:
    """What a fact is called."""
    known = vocabulary.facts()
    return known[fact].label.said(current()) if fact in known else word(fact)


def questions(verdict: Verdict) -> list[str]:
    """The questions whose answers could change the verdict, the one that settles most first."""
    known = vocabulary.facts()
    return [known[fact].question.said(current()) if fact in known else word(fact) for fact in verdict.ask]


def taken(verdict: Verdict) -> list[tuple[str, str]]:
    """What was taken for granted, the most telling fact first."""
    order = {name: at for at, name in enumerate(_MOST_TELLING)}
    return sorted(verdict.assumed.items(), key=lambda pair: order.get(pair[0], len(order)))


def assumption(fact: str, value: str) -> str:
    """A fact and what was taken for granted of it."""
    return _("{fact} – {value}").format(fact=label(fact), value=word(value or "none"))


def proof(verdict: Verdict) -> str:
    """Who must prove whether the fault was there at delivery; "" where that is not settled."""
    if verdict.burden_of_proof == "trader":
        return _("If it is disputed whether the fault was there at delivery, the seller must prove that it was not.")
    if verdict.burden_of_proof == "consumer":
        return _("If it is disputed whether the fault was there at delivery, the buyer must prove that it was.")
    return ""


def to_bring(verdict: Verdict) -> list[str]:
    """What the customer has to bring for what is not closed."""
    open_ones = ranked(verdict)
    packs = {cite.pack for one in open_ones if one.best and one.name != "withdraw" for cite in one.best.cite}
    return list(_brought(packs, withdraws=any(one.name == "withdraw" for one in open_ones)))


def _brought(packs: set[str], *, withdraws: bool) -> Iterator[str]:
    if any(pack.startswith("cn-") and not pack.startswith("cn-cpl") for pack in packs):
        yield _("the goods, the invoice and the guarantee card")
    elif packs:
        yield _("the goods and the invoice or another proof of purchase")
    if withdraws:
        yield _("for a return without a reason: the goods intact, all that came with them, the invoice")
