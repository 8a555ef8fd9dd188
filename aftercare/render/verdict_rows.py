"""A verdict as a row of the machine formats; nothing here depends on a language."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from aftercare.plain import money
from aftercare.plain.moments import Moment, iso
from aftercare.policies.judging.verdict import Cite, Fee, Grant, Remedy, Step, Traced, Verdict
from aftercare.policies.pack import SURE
from aftercare.policies.shape import Words
from aftercare.render.rows import Row

_GRANTED = ("state", "until", "until_act", "from", "fee", "amount", "liable", "arithmetic", "choice", "line", "cite")


def row(verdict: Verdict, *, unit: str, claim: str | None, currency: str) -> Row:
    """The verdict as one row; every field is always there."""
    return {
        "claim": claim,
        "unit": unit,
        "on": iso(verdict.on),
        "fault_on": _iso(verdict.fault_on),
        "asked": verdict.asked,
        "repair_days": list(verdict.repair_days),
        "burden_of_proof": verdict.burden_of_proof,
        "remedies": {name: _remedy(remedy, currency) for name, remedy in verdict.remedies.items()},
        "ask": list(verdict.ask),
        "assumed": dict(verdict.assumed),
        "windows": {name: _iso(end) for name, end in verdict.windows.items()},
        "packs": [pack._asdict() for pack in verdict.packs],
        "provisional": list(verdict.provisional),
        "review": [_both(words) for words in verdict.review],
        "ended": _both(verdict.ended) if verdict.ended else None,
        "trace": [trace_row(check) for check in verdict.trace],
    }


def _remedy(remedy: Remedy, currency: str) -> dict[str, Any]:
    grant = remedy.best
    said = _grant(grant, currency) if grant else dict.fromkeys(_GRANTED)
    return {
        **said,
        "state": remedy.state,
        "until": said["until"] or _iso(remedy.ended),
        "from": said["from"] or _iso(remedy.since),
        "cite": said["cite"] or _cites(remedy.cite),
        "why": remedy.why,
        "ask": list(remedy.ask),
        "then": [_later(grant, currency) for grant in remedy.then],
        "also": list(remedy.also),
    }


def _later(grant: Grant, currency: str) -> dict[str, Any]:
    """A grant that lasts longer or costs more, with the fields of a remedy's answer and its name."""
    said = _grant(grant, currency)
    return {"remedy": grant.remedy, **said, "why": None, "ask": list(grant.missing), "then": [], "also": []}


def _grant(grant: Grant, currency: str) -> dict[str, Any]:
    return {
        "state": grant.state,
        "until": _iso(grant.until),
        "until_act": grant.act or None,
        "from": _iso(grant.since),
        "fee": _money(grant.fee.amount if grant.fee else Decimal(0), currency),
        "amount": _money(grant.amount, currency),
        "liable": grant.liable or None,
        "arithmetic": "; ".join(filter(None, (arithmetic(grant.steps), _fee_sum(grant.fee, currency)))) or None,
        "choice": grant.choice or None,
        "line": grant.line,
        "cite": _cites(grant.cite),
    }


def arithmetic(steps: Sequence[Step]) -> str:
    """How a day was reckoned, the same in every language: ``2025-09-18 +15 days = 2025-10-03; … off -> 2025-10-09``."""
    said, before = "", ""
    for step in steps:
        day = step.day.isoformat()
        count = f"{step.count} days" if step.count.isdecimal() else step.count
        match step.what:
            case "start":
                said += day
            case "roll":
                said += f"; {before} off -> {day}"
            case "restart":
                said += f"; anew from {day}"
            case "pause":
                said += f" +{count} in repair = {day}"
            case _:
                said += f" +{count} = {day}"
        before = day
    return said.lstrip("; ")


def _fee_sum(fee: Fee | None, currency: str) -> str:
    if fee is None or fee.price is None or fee.percent is None or fee.days is None:
        return ""
    price, amount = _money(fee.price, currency), _money(fee.amount, currency) or "?"
    left_out = f" ({fee.days + fee.repair_days} - {fee.repair_days} in repair)" if fee.repair_days else ""
    capped = ", at most the price" if fee.capped else ""
    return f"{price} x {rate(fee.percent)}% x {fee.days} days{left_out} = {amount}{capped}"


def trace_row(check: Traced) -> dict[str, Any]:
    """One check of the trace."""
    return {
        "line": check.line,
        "result": check.result,
        "because": check.because,
        "fact": check.fact,
        "value": check.value,
        "record": check.record,
        "record_line": check.record_line,
        "value_since": _iso(check.value_since),
        "arithmetic": arithmetic(check.steps) or None,
        "cite": _cites(check.cite),
        "sure": _surest(check.cite),
    }


def _surest(cites: Sequence[Cite]) -> str | None:
    """How sure the least sure of the sources is."""
    return max((cite.sure for cite in cites), key=lambda sure: [*SURE, sure].index(sure), default=None)


def _cites(cites: Sequence[Cite]) -> list[dict[str, Any]]:
    return [
        {
            "pack": cite.pack,
            "source": cite.source,
            "article": cite.article,
            "title": _both(cite.title),
            "sure": cite.sure,
            "issuer": cite.issuer,
        }
        for cite in cites
    ]


def _both(words: Words) -> dict[str, str]:
    return {"en": words.en, "zh": words.zh}


def _iso(moment: Moment | None) -> str | None:
    return None if moment is None else iso(moment)


def _money(amount: Decimal | None, currency: str) -> str | None:
    return None if amount is None else money.text(money.Amount(amount), currency)


def rate(percent: Decimal) -> str:
    """A rate without needless zeros."""
    return f"{percent.normalize():f}"
