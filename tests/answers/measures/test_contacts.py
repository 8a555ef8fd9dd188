"""L1: promised contacts, calls that reached somebody, word of delays, and wishes that got an answer."""

from __future__ import annotations

import pytest

from aftercare.answers.period import EVER, Period
from aftercare.records.fields import BLANK
from tests.answers import shop
from tests.answers.measures import scorebook
from tests.answers.measures.scorebook import LATER, SILENT, cases, score, span
from tests.answers.shop import BUYER, CHAIR, COOLER, UNIT, record

SPOKEN = "PM26-0001"
SALE = record("SA26-0001", items=f"[{{product: {CHAIR}, taken: yes}}]", channel="online")
CALLED = "VI26-0001"


def whys(measure: str, *records: str, now: str = LATER, period: Period = EVER) -> dict[str, str]:
    """Why each case counts against a measure, in a shop that plans nothing."""
    return scorebook.whys(measure, *records, now=now, period=period, plans=SILENT)


def _spoken(**fields: str) -> str:
    return record(SPOKEN, **{"due": "2026-03-10", "what": "call_back", "about": f"[{UNIT}]"} | fields)


def _visit(**fields: str) -> str:
    return record(CALLED, **{"at": "2026-03-09T10:00", "about": f"[{UNIT}]"} | fields)


class TestPromisedContacts:
    """Made in time, with nothing left unsolved."""

    @pytest.mark.parametrize("kind", ["call_back", "check_back", "revisit", "information", "confirm", "follow_up"])
    def test_a_word_of_ours_was_promised(self, kind: str) -> None:
        """Of these kinds."""
        assert whys("L1", SALE, _spoken(what=kind)) == {SPOKEN: "overdue"}

    @pytest.mark.parametrize("kind", ["answer", "deliver", "greeting", "appointment", "apology", "other"])
    def test_other_kinds_are_of_other_laws(self, kind: str) -> None:
        """An answer is owed to a question, a delivery is no word."""
        assert whys("L1", SALE, _spoken(what=kind)) == {}

    @pytest.mark.parametrize(
        ("visit", "why"),
        [
            ({}, "good"),
            ({"solved": "yes"}, "good"),
            ({"solved": "handed_on"}, "good"),
            ({"solved": "no"}, "unsolved"),
            ({"at": "2026-03-10T23:59"}, "good"),
            ({"at": "2026-03-11"}, "late"),
            ({"at": "2026-03-11", "solved": "no"}, "late"),
            ({"outcome": "no_answer"}, "overdue"),
        ],
    )
    def test_the_contact_that_kept_it_left_nothing_unsolved(self, visit: dict[str, str], why: str) -> None:
        """What was passed on is in somebody's hands; that it was late says more than that it solved nothing."""
        contact = _visit(keeps=f"[{SPOKEN}]", question="漏水", **visit)
        assert whys("L1", SALE, _spoken(), contact) == {SPOKEN: why}

    def test_another_contact_says_nothing_of_it(self) -> None:
        """Only the contact that kept the promise can spoil it."""
        other = record("VI26-0002", at="2026-03-05", purpose="advice", question="漏水", solved="no")
        kept = _visit(keeps=f"[{SPOKEN}]")
        assert whys("L1", SALE, _spoken(), kept, other) == {SPOKEN: "good"}

    def test_our_plans_count_and_stand_apart(self) -> None:
        """A call-back after a delivery is the shop's plan; its parts are the kinds."""
        came = record("DE26-0001", signed="{by: a, at: 2026-03-03}")
        found = score("L1", record("SA26-0001"), came, _spoken(about=""), now="2026-03-31")
        assert {name: tuple(tally) for name, tally in found.binds.items()} == {
            "told": (0, 1), "law": (0, 0), "plan": (0, 2),
        }  # fmt: skip
        assert {name: tuple(tally) for name, tally in found.parts.items()} == {"call_back": (0, 3)}

    def test_given_up_after_the_last_vain_attempt_it_counts_nowhere(self) -> None:
        """Three times nobody answered: the plan asked for no more."""
        came = record("DE26-0001", arranged_on="2026-03-01", signed="{by: a, at: 2026-03-01}")
        tried = [
            record(f"VI26-000{day}", keeps=f"[{UNIT}/call-back.1]", at=f"2026-03-0{day}", outcome="no_answer")
            for day in (4, 5, 6)
        ]
        assert f"{UNIT}/call-back.1" not in cases("L1", record("SA26-0001", sold_on="2026-03-01"), came, *tried)


class TestCallBackReach:
    """Call-backs in which somebody was reached."""

    @pytest.mark.parametrize(
        ("fields", "why"),
        [
            ({}, "good"),
            ({"outcome": "declined"}, "good"),
            ({"outcome": "no_answer"}, "no_answer"),
            ({"purpose": "check_back"}, "good"),
            ({"purpose": "revisit", "channel": "home"}, "good"),
            ({"incoming": "no", "channel": "counter"}, "good"),
        ],
    )
    def test_good_is_whoever_was_there(self, fields: dict[str, str], why: str) -> None:
        """Who did not want to talk was reached as well."""
        assert whys("call_back_reach", SALE, _visit(**fields)) == {CALLED: why}

    @pytest.mark.parametrize(
        "fields",
        [
            {"channel": "counter"},
            {"channel": "hotline"},
            {"incoming": "yes"},
            {"outcome": "missed"},
            {"purpose": "greeting"},
            {"purpose": "information"},
            {"at": "2027-01-01"},
        ],
    )
    def test_who_came_to_us_was_not_called(self, fields: dict[str, str]) -> None:
        """Nor is a call that we missed one of ours, nor a greeting, nor what lies ahead."""
        assert whys("call_back_reach", SALE, _visit(**fields)) == {}

    def test_each_try_is_a_case_on_its_day(self) -> None:
        """Whether or not it was promised; the last minute of the period belongs to it."""
        again = record("VI26-0002", at="2026-03-31T23:59", outcome="no_answer")
        later = record("VI26-0003", at="2026-04-01T00:00")
        march = span("2026-03-01", "2026-03-31")
        found = whys("call_back_reach", SALE, _visit(), again, later, period=march)
        assert found == {CALLED: "good", "VI26-0002": "no_answer"}

    def test_the_case_is_the_contact(self) -> None:
        """Its goods are what it was about, else what the promise that it keeps was about."""
        person = record("ST26-0001", name="小李")
        for about, keeps in ((f"[{UNIT}]", ""), ("", f"[{UNIT}/call-back.1]")):
            case = cases("call_back_reach", SALE, person, _visit(about=about, keeps=keeps, by="ST26-0001"))[CALLED]
            assert (case.customer, case.product, case.channel, case.person) == (BUYER, CHAIR, "online", "ST26-0001")
            assert case.records == (CALLED,)


class TestCallBacksDone:
    """Done at all, in time or late."""

    @pytest.mark.parametrize(
        ("fields", "why"),
        [
            ({"kept": "{at: 2026-03-10}"}, "good"),
            ({"kept": "{at: 2026-06-10}"}, "good"),
            ({"broken": "{on: 2026-03-09}"}, "broken"),
            ({}, "overdue"),
            ({"what": "check_back", "kept": "{at: 2026-03-11}"}, "good"),
            ({"what": "revisit"}, "overdue"),
        ],
    )
    def test_late_is_done(self, fields: dict[str, str], why: str) -> None:
        """Whether it was in time is asked elsewhere."""
        assert whys("call_backs_done", SALE, _spoken(**fields)) == {SPOKEN: why}

    @pytest.mark.parametrize("kind", ["information", "confirm", "follow_up", "answer"])
    def test_other_contacts_are_no_call_backs(self, kind: str) -> None:
        """They are counted in L1, or elsewhere."""
        assert whys("call_backs_done", SALE, _spoken(what=kind)) == {}


class TestDelaysTold:
    """Delays that the customer heard of before the time was over."""

    def _told(self, *records: str, **fields: str) -> dict[str, str]:
        return whys("delays_told", SALE, _spoken(**{"what": "other"} | fields), *records, now="2026-03-20")

    @pytest.mark.parametrize("fields", [{}, {"kept": "{at: 2026-03-11}"}, {"kept": "{at: 2026-03-11}", "binds": "law"}])
    def test_without_a_word_it_was_not_told(self, fields: dict[str, str]) -> None:
        """Overdue or late, whatever rules are in force: this shop has no duty to tell of delays."""
        assert self._told(**fields) == {SPOKEN: "untold"}

    @pytest.mark.parametrize(
        ("visit", "why"),
        [
            ({}, "good"),
            ({"about": f"[{SPOKEN}]"}, "good"),
            ({"at": "2026-03-10T23:59"}, "good"),
            ({"at": "2026-03-11"}, "untold"),
            ({"at": "2026-03-01"}, "untold"),
            ({"outcome": "no_answer"}, "untold"),
            ({"purpose": "advice"}, "untold"),
            ({"about": f"[{COOLER}]"}, "untold"),
        ],
    )
    def test_word_reached_the_customer_in_time(self, visit: dict[str, str], why: str) -> None:
        """To the last hour of the day it was due, about the same thing, since it was promised."""
        assert self._told(_visit(**{"purpose": "information", "at": "2026-03-10"} | visit)) == {SPOKEN: why}

    @pytest.mark.parametrize(
        ("moved", "why"),
        [
            ("[{to: 2026-03-15, asked_by: shop}]", "good"),
            ("[{to: 2026-03-15, asked_by: shop, on: 2026-03-10}]", "good"),
            ("[{to: 2026-03-15, asked_by: shop, on: 2026-03-11}]", "untold"),
            ("[{to: 2026-03-15, asked_by: customer}]", "untold"),
            ("[{to: 2026-03-15, asked_by: shop, agreed: yes}]", "untold"),
        ],
    )
    def test_we_had_asked_for_a_later_time(self, moved: str, why: str) -> None:
        """It was refused, but the customer knew; once it was agreed, the later time is the one that was missed."""
        assert self._told(moved=moved) == {SPOKEN: why}

    @pytest.mark.parametrize(("on", "why"), [("2026-03-10", "good"), ("2026-03-11", "untold")])
    def test_we_had_said_that_we_would_not(self, on: str, why: str) -> None:
        """Broken before its time was over; after it the customer had waited in vain."""
        assert self._told(broken=f"{{on: {on}}}") == {SPOKEN: why}

    def test_given_up_without_a_time_nobody_waited_too_long(self) -> None:
        """There was no time that could be over."""
        assert self._told(due="", broken="{on: 2026-03-11}") == {SPOKEN: "good"}

    @pytest.mark.parametrize(
        "fields",
        [
            {"kept": "{at: 2026-03-10}"},
            {"binds": "plan"},
            {"what": "pack"},
            {"released": "{on: 2026-03-09}"},
            {"due": "2026-03-20"},
        ],
    )
    def test_what_was_no_delay(self, fields: dict[str, str]) -> None:
        """Kept in time, let go, not yet due; our own plan; packing, which has no time but the delivery's."""
        assert self._told(**fields) == {}

    @pytest.mark.parametrize(
        ("work", "what"), [("DE26-0001", "deliver"), ("IN26-0001", "install")], ids=["delivery", "installation"]
    )
    def test_word_about_the_work_itself_is_enough(self, work: str, what: str) -> None:
        """A delivery or an installation is told of by its sale, its unit, its own record, or a move in that."""
        told = f"{{{what}: {{by: 2026-03-04}}}}"
        taken = ", taken: yes" if what == "install" else ""
        sale = record("SA26-0001", items=f"[{{product: {COOLER}{taken}}}]", told=told)
        late = {"signed": "{by: a, at: 2026-03-06}"}
        promise = f"{UNIT}/{what}"

        def said(*records: str) -> str:
            return whys("delays_told", sale, *records, now="2026-03-20")[promise]

        word = {"purpose": "information", "at": "2026-03-04"}
        assert said(record(work, **late)) == "untold"
        for about in ("SA26-0001", UNIT, work):
            assert said(record(work, **late), _visit(**word, about=f"[{about}]")) == "good"
        assert said(record(work, **late, moved="[{to: 2026-03-06, asked_by: shop}]")) == "good"


class TestWishesAnswered:
    """A wish got an answer where the customer heard of it, or it came true."""

    @pytest.mark.parametrize(
        ("fields", "why"),
        [
            ({}, "unanswered"),
            ({"passed_on": "[{to: 厂家, at: 2026-06-02}]"}, "unanswered"),
            ({"answers": "[{at: 2026-06-05, says: 好}]"}, "unanswered"),
            ({"answers": "[{at: 2026-06-05, says: 好}]", "told": "[{at: 2026-06-06}]"}, "good"),
            ({"realised": "{on: 2026-06-06, what: 营业到20点}"}, "good"),
            ({"answers": "[{at: 2026-06-05, says: 好}]", "told": "[{at: 2027-06-06}]"}, "unanswered"),
        ],
    )
    def test_an_answer_is_one_once_the_customer_has_it(self, fields: dict[str, str], why: str) -> None:
        """What the maker said and nobody passed back is no answer, nor is what lies ahead."""
        assert whys("wishes_answered", SALE, _wish(**fields)) == {"WI26-0001": why}

    def test_told_in_a_contact(self) -> None:
        """A call for information about the wish told it; one that nobody took did not."""
        wish = _wish(answers="[{at: 2026-06-05, says: 好}]")
        call = {"purpose": "information", "about": "[WI26-0001]", "at": "2026-06-06"}
        assert whys("wishes_answered", SALE, wish, _visit(**call)) == {"WI26-0001": "good"}
        vain = _visit(**call, outcome="no_answer")
        assert whys("wishes_answered", SALE, wish, vain) == {"WI26-0001": "unanswered"}

    def test_taken_back_it_wants_no_answer(self) -> None:
        """It is not counted, from the day on which it was taken back."""
        wish = _wish(withdrawn="{on: 2026-06-03}")
        assert whys("wishes_answered", SALE, wish, now="2026-06-03") == {}
        assert whys("wishes_answered", SALE, wish, now="2026-06-02") == {"WI26-0001": "unanswered"}

    def test_by_the_day_it_was_said(self) -> None:
        """Whenever the answer came."""
        wish = _wish(said_on="2026-06-30", answers="[{at: 2026-07-05, says: 好}]", told="[{at: 2026-07-06}]")
        june = span("2026-06-01", "2026-06-30")
        assert whys("wishes_answered", SALE, wish, period=june) == {"WI26-0001": "good"}
        assert whys("wishes_answered", SALE, wish, period=span("2026-07-01", "2026-07-31")) == {}

    def test_the_case_is_the_wish(self) -> None:
        """About what it was, and who heard it."""
        case = cases("wishes_answered", SALE, record("ST26-0001", name="小李"), _wish(by="ST26-0001"))["WI26-0001"]
        assert (case.customer, case.product, case.channel, case.person) == (BUYER, CHAIR, "online", "ST26-0001")
        assert case.records == ("WI26-0001",)


def _wish(**fields: str) -> str:
    usual = {"customer": BUYER, "about": f"[{UNIT}]", "said_on": "2026-06-01", "words": "刻度再大一点"}
    return record("WI26-0001", **usual | fields)


def test_of_a_customer_who_was_forgotten_the_figures_stay() -> None:
    """What was promised and kept before stays as it was: forgetting somebody mends no figure and spoils none."""
    kept = _spoken(kept="{at: 2026-03-11}")
    gone = record(BUYER, name=BLANK, phones="", forgotten="{on: 2026-06-01}")
    assert whys("L1", SALE, kept, gone) == whys("L1", SALE, kept) == {SPOKEN: "late"}


def test_a_period_without_cases_has_no_figure() -> None:
    """Never 0 %, never 100 %."""
    for measure in ("L1", "call_back_reach", "call_backs_done", "delays_told", "wishes_answered"):
        found = score(measure, plans=shop.PLANS)
        assert (found.of, found.value, found.reach) == (0, None, None)
