"""The United Kingdom, Quebec, the United States, Taiwan and Japan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from tests.second.days import DAY, after, beginning_with, moved, working_days_after
from tests.second.reading import Case, Unreckoned, rule, worded
from tests.second.rules import (
    ADVERTISED,
    EXTRA_PERIOD,
    STATED,
    Day,
    Window,
    came_back,
    day_of,
    delivered,
    end_of,
    from_the_end,
    in_working_order,
    not_told,
    of_a_promise,
    or_agreed,
    plain,
    sold,
    told_on,
    untold,
)

_NOT_RIGHT = {"not_fixed", "recurred", "not_done"}
_VEHICLES = {"car", "motorcycle"}
_QUEBEC = {"notebook_pc": "laptop", "desktop_pc": "desktop_computer"}


def _british_year(case: Case) -> Day:
    """Twelve months beginning with the first day of the fourteen."""
    got = delivered(case)
    return got and beginning_with(got + DAY, rule("uk.ccr.cancel_no_info")["window"]["value"], "month")


_british_long_end = from_the_end("uk.ccr.cancel_no_info", "uk.ccr.cancel")


# United Kingdom: thirty days that stop


def _waiting(case: Case) -> list[tuple[date, date, bool]]:
    """From the request to the receipt, both counted; whether what came back is still not right."""
    found = [(stay.into.date(), stay.out.date(), stay.result in _NOT_RIGHT) for stay in case.stays]
    for one in case.listed("replacements"):
        if one.get("requested_on") and one.get("on"):
            asked, came = date.fromisoformat(one["requested_on"]), date.fromisoformat(one["on"])
            fault = case.day("fault_on")
            found.append((asked, came, fault is not None and fault > came))
    return sorted(found)


def _stopped(case: Case) -> tuple[Day, Day]:
    """The thirty days with all waiting; seven days after the last wait that brought nothing good."""
    end = plain(case, "uk.cra.short_term_reject")
    seven: Day = None
    days = worded(rule("uk.cra.short_term_reject")["clock"]["extend"], r"\(a\) (\d+) days")
    for asked, came, again in _waiting(case):
        if end and asked <= (max(end, seven) if seven else end):
            end += came - asked + DAY
            seven = came + days * DAY if again else None
    return end, seven


def _reject(case: Case) -> Day:
    return max((end for end in _stopped(case) if end), default=None)


def _limitation(start: Window) -> Window:
    def reckoned(case: Case) -> Day:
        scotland = (
            rule("uk.limitation")["window"]["scotland"] if case.text("region") in {"Scotland", "苏格兰"} else None
        )
        day = start(case)
        return day and end_of("uk.limitation", day, scotland)

    return reckoned


def _send_back(case: Case) -> Day:
    withdrawn = case.day("withdrawn_on")
    note = rule("uk.ccr.refund")["verify"]["note"]
    return withdrawn and withdrawn + worded(note, r"consumer returns within (\d+) days") * DAY


def _british_refund(case: Case) -> Day:
    return plain(case, "uk.ccr.refund", case.day("withdrawn_on") if case.says("seller_collects") else None)


# Quebec


def _good_order(case: Case) -> Day:
    row, got, bought = rule("qc.good_working_order"), delivered(case), sold(case)
    kind = _QUEBEC.get(case.text("category"), case.text("category"))
    years = next((row["table_years"][key] for key in (kind, *_wider(kind)) if key in row["table_years"]), None)
    if years is None or got is None or bought is None or bought < date.fromisoformat(row["in_force"]["from"]):
        return None
    return end_of("qc.good_working_order", got, years, "year")


def _wider(kind: str) -> list[str]:
    """A drum washing machine is a washing machine: names without their first word."""
    words = kind.split("_")
    return ["_".join(words[at:]) for at in range(1, len(words))]


def _extra_warranty(case: Case) -> Day:
    bought = case.day("extra_warranty_on")
    years = rule("qc.extra_warranty_cancel")["window"]["no_info_years"]
    if bought and case.says("legal_warranty_told") is False:
        return end_of("qc.extra_warranty_cancel", bought, years, "year")
    return bought and end_of("qc.extra_warranty_cancel", bought)


# United States: an order that has not been shipped


def _ship(case: Case) -> Day:
    span, ordered = rule("us.ftc.ship")["window"], sold(case)
    days = span["credit_application"] if case.says("seller_credit_application") else span["value"]
    return case.day("promised_by") or (ordered and ordered + days * DAY)


def _consent(case: Case) -> Day:
    """The last day on which a delay is consented to by silence, or an indefinite one by words."""
    ship = _ship(case)
    return ship and ship + worded(rule("us.ftc.delay_option")["conditions"], r"new date <= (\d+) days later") * DAY


def _stands(case: Case) -> Day:
    """The last day on which the unshipped order stands: notices in time move it, a cancellation ends it."""
    end, notices = _ship(case), case.listed("delay_notices")
    for at, one in enumerate(notices):
        if end is None or one.get("offers_cancel") not in {"yes", "true"} or date.fromisoformat(one["received"]) > end:
            break
        said = one.get("answer") or (case.text("buyer_response") if one is notices[-1] else "")
        said_on = date.fromisoformat(one["answered_on"]) if one.get("answered_on") else None
        silent, limit = (_consent(case), _consent(case)) if at == 0 else (end, end)
        revised = max(end, date.fromisoformat(one["revised_date"])) if one.get("revised_date") else None
        consents = said == "consent" and (said_on is None or limit is None or said_on <= limit)
        within = at == 0 and revised is not None and limit is not None and revised <= limit
        # Consent to a delay without a date has no last day.
        end = revised if consents or within else silent
        cancelled = said_on or case.day("withdrawn_on")
        if said == "cancel" and cancelled and end:
            return min(end, cancelled - DAY)
    return end


def _price_back(case: Case) -> Day:
    """So many working days after the right arose, the day after the order stood for the last time.

    A seller who gave credit has a billing cycle, for which no day is known.
    """
    stands = _stands(case)
    if stands is None or case.says("seller_credit_application"):
        return None
    return working_days_after(stands + DAY, rule("us.ftc.refund")["window"]["value"], "US")


def _cooling_off(case: Case) -> Day:
    bought = sold(case)
    return bought and working_days_after(bought, rule("us.ftc.cooling_off")["window"]["value"], "US-429")


def _us_warranty(case: Case) -> Day:
    got, years, months = delivered(case), case.number("warranty.years"), case.number("warranty.months")
    return after(got, int(years or 0) * 12 + int(months or 0), "month") if got and (years or months) else None


# Taiwan


def _tw_withdraw(case: Case) -> Day:
    """Seven days from receipt, or from the day on which a buyer who was not told learned of the right."""
    if not not_told(case):
        return plain(case, "tw.withdraw_7d")
    told = told_on(case)
    return told and plain(case, "tw.withdraw_7d", told)


def _tw_untold(case: Case) -> Day:
    return plain(case, "tw.withdraw_no_info") if not_told(case) else None


def _tw_collect(case: Case) -> Day:
    withdrawn = case.day("withdrawn_on")
    return withdrawn and end_of("tw.collect_refund", withdrawn)


def _tw_five_years(case: Case) -> Day:
    got = delivered(case)
    years = rule("tw.defect_6m")["window"]["longstop_years_from_delivery"]
    return got and end_of("tw.defect_6m", got, years, "year")


def _tw_work(case: Case) -> Day:
    if case.says("concealed"):
        raise Unreckoned("tw.work_1y where the defect was concealed")
    done = came_back(case) if case.says("repaired_wrongly") else case.day("installed_on")
    return done and end_of("tw.repair_contract", done)


def _tw_work_claim(case: Case) -> Day:
    found = case.day("fault_on")
    return found and end_of("tw.repair_contract", found)


def _tw_promised(case: Case) -> Day:
    """Art. 122 speaks of a day on which something is due as of the end of a period."""
    day = case.day("promised_by")
    return day and moved(day, "TW")


OWN: Mapping[str, Window] = {
    "uk.cra.short_term_reject": _reject,
    "uk.cra.reject_30d": lambda case: _stopped(case)[0],
    "uk.cra.reject_7d": lambda case: _stopped(case)[1],
    "uk.cra.delivery": or_agreed("uk.cra.delivery"),
    "uk.cra.extra_period": EXTRA_PERIOD,
    "uk.cra.guarantee": of_a_promise(ADVERTISED, STATED),
    "uk.cra.ready": in_working_order,
    "uk.cra.repaired": came_back,
    "uk.cra.replaced": lambda case: case.replaced_on,
    "uk.delivered": delivered,
    "uk.limitation": _limitation(delivered),
    "uk.limitation_service": _limitation(day_of("installed_on", "sold_on")),
    "uk.ccr.cancel_no_info": untold("uk.ccr.cancel", _british_year, _british_long_end),
    "uk.ccr.info_year": _british_year,
    "uk.ccr.send_back": _send_back,
    "uk.ccr.refund": _british_refund,
    "qc.good_working_order": _good_order,
    "qc.good_working_order_told": _good_order,
    "qc.extra_warranty": _extra_warranty,
    "us.ftc.ship": _ship,
    "us.ftc.delay_option": lambda case: _consent(case) if case.listed("delay_notices") else None,
    "us.ftc.stands": _stands,
    "us.ftc.refund": _price_back,
    "us.ftc.cooling_off": _cooling_off,
    "us.warranty": _us_warranty,
    "tw.withdraw_7d": _tw_withdraw,
    "tw.withdraw_no_info": _tw_untold,
    "tw.receipt": delivered,
    "tw.collect": _tw_collect,
    "tw.defect_5y": _tw_five_years,
    "tw.promised": _tw_promised,
    "tw.extra_period": EXTRA_PERIOD,
    "tw.work_1y": _tw_work,
    "tw.work_claim_1y": _tw_work_claim,
    "tw.work_mend": EXTRA_PERIOD,
    "jp.cure_period": EXTRA_PERIOD,
}


def fee(case: Case, remedy: str) -> Decimal | None:
    """What the customer bears: a deduction for use after six months, of a motor vehicle at any time; else nothing."""
    if remedy != "final_reject":
        return Decimal(0)
    asked = case.day("rejected_on") or case.today.date()
    last = plain(case, "uk.cra.deduction")
    vehicle = case.text("category") in _VEHICLES and not case.says("for_disabled_person")
    return None if vehicle or last is None or asked > last else Decimal(0)
