"""A verdict in print: the same facts in JSON and in the clerk's dozen lines, whatever the rules and the records say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare import language
from aftercare.plain.text import width
from aftercare.policies import vocabulary
from aftercare.policies.judging.verdict import Cite, Fee, Grant, Remedy, Step, Traced, Verdict
from aftercare.policies.shape import Words
from aftercare.render import grants
from aftercare.render.citing import by_source
from aftercare.render.verdicts import lines, row, why_lines
from tests.render.verdicts_made import (
    CASES,
    GENERAL,
    LAW,
    cite,
    grant,
    holiday,
    opened,
    opened_box,
    parts_wait,
    second_repair,
    unknown_component,
    verdict,
)

HEADING = "CL26-0004 王建国 空调 KFR-35 SA26-0012/1"
ANSWER = {
    "state", "until", "until_act", "from", "fee", "amount", "liable", "arithmetic", "choice", "line", "cite", "why",
    "ask", "then", "also",
}  # fmt: skip
DAY = date(2026, 3, 4)


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Everything is said in English, whatever was spoken before."""
    monkeypatch.setenv("LANGUAGE", "en")
    with language.speaking("en"):
        yield


def as_row(judged: Verdict) -> Mapping[str, Any]:
    """The row of a verdict, as a reader of the JSON finds it."""
    said: Mapping[str, Any] = json.loads(json.dumps(row(judged, unit="SA26-0012/1", claim=None, currency="CNY")))
    return said


def said(judged: Verdict) -> list[str]:
    """The clerk's lines, without the heading."""
    return lines(judged, heading=HEADING, currency="CNY")[1:]


def text(judged: Verdict) -> str:
    """The clerk's lines as one text, as if they had not been broken."""
    return " ".join(line.strip() for line in said(judged))


@pytest.mark.parametrize("judged", CASES.values(), ids=CASES)
def test_every_field_is_there(judged: Verdict) -> None:
    """A reader of the JSON finds every field in every verdict, remedy, grant and check."""
    found = as_row(judged)

    assert set(found) == {
        "claim", "unit", "on", "fault_on", "asked", "repair_days", "burden_of_proof", "remedies", "ask", "assumed",
        "windows", "packs", "provisional", "review", "ended", "trace",
    }  # fmt: skip
    for remedy in found["remedies"].values():
        assert set(remedy) == ANSWER
    for check in found["trace"]:
        assert set(check) == {
            "line", "result", "because", "fact", "value", "record", "record_line", "value_since", "arithmetic", "cite",
            "sure",
        }  # fmt: skip


def test_a_later_grant_has_the_fields_of_an_answer_and_its_name() -> None:
    """What takes over later is told as fully as what is open now."""
    later = grant("refund_with_fee", until=date(2026, 4, 1), fee=Fee(None), missing=("price",))
    found = as_row(verdict(opened("refund", until=DAY, then=(later,))))["remedies"]["refund"]["then"]

    assert [set(entry) for entry in found] == [ANSWER | {"remedy"}]
    assert (found[0]["remedy"], found[0]["until"], found[0]["fee"], found[0]["ask"]) == (
        "refund_with_fee",
        "2026-04-01",
        None,
        ["price"],
    )


def test_money_is_text_with_the_decimals_of_its_currency() -> None:
    """Nothing is 0.00 where it is open and costs nothing, and null where a figure is not known or nothing is open."""
    found = as_row(second_repair())["remedies"]

    assert (found["repair"]["fee"], found["repair"]["amount"]) == ("0.00", None)
    assert (found["refund_with_fee"]["fee"], found["refund_with_fee"]["amount"]) == ("294.40", "2905.60")
    assert found["refund"]["fee"] is None
    assert row(opened_box(), unit="U", claim=None, currency="JPY")["remedies"]["withdraw"]["amount"] == "268"


def test_the_arithmetic_shows_how_the_end_and_the_fee_were_reckoned() -> None:
    """Anyone can recompute a day or a fee from its line of arithmetic, in whatever language they read."""
    rolled = as_row(holiday())["remedies"]["replace"]["arithmetic"]
    fee = as_row(second_repair())["remedies"]["refund_with_fee"]["arithmetic"]
    paused = as_row(second_repair())["remedies"]["repair"]["arithmetic"]

    assert rolled == "2025-09-18 +15 days = 2025-10-03; 2025-10-03 off -> 2025-10-09"
    assert fee == "3200.00 x 0.1% x 92 days (115 - 23 in repair) = 294.40"
    assert paused == "2024-05-10 +1 years = 2025-05-10 +24 days in repair = 2025-06-03"


def test_a_closed_remedy_says_when_it_ended() -> None:
    """The last good day that there was, and the article, stay known after it."""
    refund = as_row(second_repair())["remedies"]["refund"]

    assert (refund["state"], refund["why"], refund["until"]) == ("closed", "expired", "2024-05-17")
    assert [entry["article"] for entry in refund["cite"]] == ["第九条"]
    assert refund["cite"][0]["title"]["zh"] == "部分商品修理更换退货责任规定"


@pytest.mark.parametrize("judged", CASES.values(), ids=CASES)
def test_the_row_knows_no_language(judged: Verdict) -> None:
    """A script reads the same in every language."""
    english = as_row(judged)
    with language.speaking("zh"):
        assert as_row(judged) == english


def test_a_second_repair() -> None:
    """What is open comes first, the free before the dear; what was asked for and is closed says why."""
    assert said(second_repair()) == [
        "✓ repair: free of charge; fault in time (by Tue 3 June 2025) (第八条)",
        "✓ exchange for the same model: free of charge; fault in time (by Tue 3 June 2025) (第十一条)",
        "✓ refund less a use fee: 2905.60 yuan back, 294.40 yuan kept (3200.00 × 0.1% × 92 days, 23 days in",
        "    repair left out); fault in time (by Tue 3 June 2025) (第十一条, 第十三条)",
        "✗ full refund, as asked: no, the fault showed on Mon 2 September 2024, the last good day was Fri 17",
        "    May 2024 (第九条)",
        "  Last day of repair: from 2024-05-10 + 1 year = 2025-05-10 + 24 days in repair = 2025-06-03",
        "  Bring: the goods, the invoice and the guarantee card",
        "  Taken for granted (else the answer changes): grounds of exclusion – none; buyer – consumer",
        "  In repair 2 times so far, days: 8, 15; together 23",
        "By: Provisions of 1995 on repair, replacement and return (text seen)",
    ]


def test_a_wait_for_parts() -> None:
    """What was asked for stands first, with what is to be done by its last day; what a person must judge is said."""
    found = said(parts_wait())

    assert found[0] == (
        "✓ exchange for the same model, as asked: free of charge; to be claimed by Tue 3 June 2025 (第十二条)"
    )
    assert "  A person must judge: Whether the parts were late by the producer's fault." in found
    assert "  In repair 1 time so far, days: 95" in found


def test_a_last_day_that_is_a_holiday() -> None:
    """The clerk says why the last good day is not the fifteenth, and who must prove."""
    found = text(holiday())

    assert "from 2025-09-18 + 15 days = 2025-10-03, a day off, so 2025-10-09" in found
    assert "✗ full refund: the fault showed on Thu 9 October 2025, the last good day was Thu 25 September 2025" in found
    assert "the seller must prove that it was not." in found


def test_an_unknown_component() -> None:
    """A remedy that hangs on a fact names it, and the question stands below in whole words."""
    found = text(unknown_component())

    assert "? repair, as asked: depends on: faulty part; free of charge; for a fault that shows by Fri 3 March" in found
    assert f"It hangs on this: {vocabulary.fact('component').question.en}" in found


def test_an_opened_box() -> None:
    """A return without a reason says until when to declare it, what comes back, and what to bring."""
    found = text(opened_box())

    assert "268.00 yuan back, nothing kept; to be declared by Thu 12 June 2025 (Art. 25)" in found
    assert "Bring: for a return without a reason: the goods intact, all that came with them, the invoice" in found
    assert found.endswith("By: Consumer Protection Law (2013 amendment) (text seen)")


def test_several_sources_are_numbered() -> None:
    """An article says of which source it is where there are several."""
    both = verdict(
        opened("repair", cite=(cite("Art. 8"),)), opened("refund", cite=(cite("Art. 24", LAW), cite("Art. 9")))
    )
    found = text(both)

    assert "(Art. 8 [1])" in found
    assert "(Art. 24 [2], Art. 9 [1])" in found
    assert "[2] Consumer Protection Law (2013 amendment)" in found


@pytest.mark.parametrize(
    ("remedy", "why"),
    [
        (Remedy("refund", "closed", None, why="expired", ended=DAY), "the last good day was Wed 4 March 2026"),
        (Remedy("refund", "closed", None, why="not_yet", since=DAY), "not before Wed 4 March 2026"),
        (Remedy("refund", "closed", None, why="excluded"), "excluded: misuse, virus"),
        (Remedy("refund_with_fee", "closed", None, why="better_open"), "not needed: full refund is open"),
        (Remedy("refund", "closed", None, why="not_applicable"), "no rule grants it here"),
    ],
)
def test_what_was_asked_for_and_is_closed_says_why(remedy: Remedy, why: str) -> None:
    """Each reason has its sentence."""
    judged = verdict(remedy, asked=remedy.name, facts={"exclusions": "misuse, virus"})

    assert f"as asked: no, {why}" in text(judged)


@pytest.mark.parametrize(
    ("given", "cost"),
    [
        (grant("repair"), "free of charge"),
        (grant("refund"), "the whole price back, nothing kept"),
        (grant("refund", amount=Decimal(40)), "40.00 yuan back, nothing kept"),
        (grant("damages"), "how much, a person must judge"),
        (grant("damages", amount=Decimal(40)), "40.00 yuan to be paid"),
        (grant("refund_with_fee", fee=Fee(None)), "less a use fee whose rate is not known"),
        (grant("refund_with_fee", fee=Fee(None, percent=Decimal(1))), "less a use fee that cannot be reckoned yet"),
        (grant("rescind", fee=Fee(None, judged=Words("wear", "磨损"))), "less what a person must judge: wear"),
        (grant("replace_with_fee", fee=Fee(Decimal(8))), "8.00 yuan to pay"),
        (
            grant("replace_with_fee", fee=Fee(Decimal(8), Decimal(8), Decimal("0.50"), 400, capped=True)),
            "8.00 yuan to pay (8.00 × 0.5% × 400 days, never more than the price)",
        ),
    ],
)
def test_what_a_remedy_costs(given: Grant, cost: str) -> None:
    """Free, the whole price, a fee with its sum, or that it is not known: never a guess."""
    assert grants.cost(given, "CNY") == cost


def test_nothing_to_be_had_is_said() -> None:
    """Where every remedy is closed the clerk says so."""
    assert said(verdict())[0] == "✗ By the rules there is nothing to be had for it on this day."


def test_no_rule_for_the_case_is_no_refusal() -> None:
    """Where no pack is for the case the clerk is sent to a person, not to say no."""
    silent = Remedy("repair", "closed", None, why="not_applicable")
    assert said(verdict(silent, packs=()))[0].startswith("? No rule that counts here is for this case")
    assert said(verdict(silent))[0].startswith("✗ ")


def test_the_free_comes_before_the_dear_and_the_sure_before_the_unsure() -> None:
    """What was asked for, then what is surest, then what costs least."""
    judged = verdict(
        opened("withdraw", state="ask"),
        opened("replace_with_fee", fee=Fee(Decimal(8))),
        opened("refund_with_fee", fee=Fee(None)),
        opened("replace"),
        opened("damages", state="review"),
        asked="damages",
    )

    assert [remedy.name for remedy in grants.ranked(judged)] == [
        "damages",
        "replace",
        "replace_with_fee",
        "refund_with_fee",
        "withdraw",
    ]


def test_a_heading_paints_no_terminal() -> None:
    """What a record says cannot move the cursor or turn the line around."""
    found = lines(holiday(), heading="\x1b[2J\u202e" + "王" * 90, currency="CNY")

    assert found[0].startswith("\\x1b[2J\\u202e王")
    assert width(found[0]) <= 100


def test_the_trace_names_record_and_reckoning() -> None:
    """Behind the answer stands each check with its fact, its place, its figure's date and how sure its source is."""
    assert why_lines(second_repair()) == [
        "✗ cn-1995-general/refund  Provisions of 1995 on repair, replacement and return 第九条, text seen",
        "   ✗ day the fault showed: 2024-09-02; from claims/2024/CL24-0007.yaml:4; figure in force since",
        "    1995-08-25; day of the sale 2024-05-10 + 7 days = 2024-05-17",
        "Packs: cn-1995-general 1.0.0 (9f3c9f3c)",
    ]


WORDS = st.text(max_size=40) | st.sampled_from(["<b>", "\x1b[2J\u202e", "修理" * 30, "a" * 150, " " * 120])
MONEY = st.none() | st.decimals(0, 10**6, places=2)
DAYS = st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1))
STEPS = st.lists(
    st.builds(Step, st.sampled_from(["start", "add", "pause", "roll", "restart"]), WORDS, st.dates()), max_size=4
).map(tuple)
CITES = st.lists(
    st.builds(Cite, WORDS | st.sampled_from([GENERAL[0], LAW[0]]), WORDS, st.builds(Words, WORDS, WORDS), WORDS, WORDS),
    max_size=4,
).map(tuple)
FEES = st.none() | st.builds(
    Fee, MONEY, MONEY, MONEY, st.none() | st.integers(0, 9999), DAYS, st.integers(0, 99), st.booleans()
)
NAMES = st.sampled_from([*grants.NAMES, "unheard_of"])
FACTS = st.sampled_from(list(vocabulary.facts())) | WORDS
STATES = st.sampled_from(["open", "if_proven", "ask", "review"])
GRANTS = st.builds(
    Grant, NAMES, WORDS, st.builds(Words, WORDS, WORDS), STATES, DAYS, st.sampled_from(["show", "declare", ""]), DAYS,
    FEES, MONEY, WORDS, WORDS, STEPS, CITES, st.lists(FACTS, max_size=5).map(tuple),
)  # fmt: skip
ANSWERS = st.builds(
    Remedy, NAMES, STATES | st.just("closed"), st.none() | GRANTS,
    st.sampled_from([None, "expired", "excluded", "not_yet", "better_open", "not_applicable"]), DAYS, DAYS, CITES,
    st.lists(FACTS, max_size=5).map(tuple), st.lists(GRANTS, max_size=3).map(tuple),
    st.lists(WORDS, max_size=3).map(tuple),
)  # fmt: skip
TRACES = st.builds(
    Traced, WORDS, st.sampled_from(["granted", "refused", "ask", "overridden"]), WORDS, st.none() | FACTS,
    st.none() | WORDS, st.none() | WORDS, WORDS, st.none() | WORDS, st.none() | st.integers(1, 99), DAYS, STEPS, CITES,
)  # fmt: skip
VERDICTS = st.builds(
    lambda remedies, **other: verdict(*remedies, **other),
    st.lists(ANSWERS, max_size=12),
    fault_on=DAYS,
    asked=st.none() | NAMES,
    repair_days=st.lists(st.integers(0, 400), max_size=30).map(tuple),
    burden_of_proof=st.sampled_from([None, "trader", "consumer"]),
    ask=st.lists(FACTS, max_size=20).map(tuple),
    assumed=st.dictionaries(FACTS, WORDS, max_size=20),
    provisional=st.lists(WORDS, max_size=3).map(tuple),
    review=st.lists(st.builds(Words, WORDS, WORDS), max_size=10).map(tuple),
    facts=st.dictionaries(st.just("exclusions"), WORDS),
    trace=st.lists(TRACES, max_size=5).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(VERDICTS, WORDS, st.sampled_from(["en", "zh"]))
def test_never_more_than_a_dozen_lines_never_wider_than_a_hundred(judged: Verdict, heading: str, spoken: str) -> None:
    """Whatever rules and records say, the answer fits, and nothing in it moves the terminal; JSON takes it too."""
    with language.speaking(spoken):
        found = lines(judged, heading=heading, currency="CNY")
        why = why_lines(judged)

    assert 1 <= len(found) <= 12
    assert all(width(line) <= 100 for line in [*found, *why])
    assert not any("\x1b" in line or "\u202e" in line or "\n" in line for line in [*found, *why])
    assert set(as_row(judged)["remedies"]) == set(judged.remedies)


@settings(max_examples=40, deadline=None)
@given(VERDICTS)
def test_the_first_answer_is_never_crowded_out(judged: Verdict) -> None:
    """However much there is to say, what was asked for, or else the best that is open, is said."""
    found = said(judged)
    asked = judged.remedies.get(judged.asked or "")
    best = next(iter(grants.ranked(judged)), None)
    wanted = asked or best

    if wanted:
        assert any(grants.remedy_name(wanted.name) in line for line in found)


def test_articles_are_said_as_articles() -> None:
    """Bare numbers of one source stand together as articles, in the language in use; other texts stay as printed."""
    both = (cite("8"), cite("18(1)"), cite("8"), cite("第九条"), cite("25", LAW))

    assert [said for _source, said in by_source(both)] == ["Arts. 8, 18(1), 第九条", "Art. 25"]


def test_stays_in_repair_are_added_up() -> None:
    """Two stays that lengthen a period are one addition."""
    steps = (
        Step("start", "sold_on", DAY),
        Step("pause", "4", date(2026, 3, 8)),
        Step("pause", "3", date(2026, 3, 11)),
    )

    assert grants.reckoning(steps) == "from 2026-03-04 + 7 days in repair = 2026-03-11"


def test_a_fee_keeps_its_sum_when_it_is_crowded() -> None:
    """However many lines the rest would take, a fee stands with its sum."""
    fee = Fee(Decimal("294.40"), Decimal(3200), Decimal("0.10"), 92, None, 23)
    long = tuple(cite(f"{number}") for number in range(100, 130))
    judged = verdict(
        *(opened(name, cite=long) for name in ("repair", "replace", "loan_unit")),
        opened("refund_with_fee", fee=fee, amount=Decimal("2905.60")),
        review=(Words("word " * 60, "词" * 90),),
        ask=("component", "region", "price"),
        assumed={"buyer": "consumer", "used": "no"},
        burden_of_proof="trader",
    )

    assert "(3200.00 × 0.1% × 92 days, 23 days in repair left out)" in text(judged)


def test_a_source_that_only_the_trace_knows_says_how_sure_it_is() -> None:
    """JSON tells of each check how sure the least sure of its sources is."""
    sources = (cite("8"), Cite("p", "s", Words("t", "t"), "1", "practice"))
    check = Traced("l", "ask", "fact", "component", None, "x", "unknown", None, None, None, (), sources)
    found = as_row(verdict(trace=(check,)))["trace"]

    assert (found[0]["sure"], found[0]["arithmetic"], found[0]["record"]) == ("practice", None, None)
