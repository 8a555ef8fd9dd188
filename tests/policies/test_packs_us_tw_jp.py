"""The packs of the United States, Taiwan and Japan: every figure by hand, and what the worked cases cannot show."""

from __future__ import annotations

import re
from datetime import date

import pytest

from aftercare.plain.tree import Tree
from aftercare.policies import load
from aftercare.policies.judging.decide import decide
from aftercare.policies.judging.situation import situation
from aftercare.policies.judging.verdict import Verdict
from aftercare.policies.pack import Pack

_US = ("us-429", "us-435", "us-mmwa")
_IDS = (*_US, "jp", "tw")
# Length of each window of each pack, variants after it, and its first day.
_WINDOWS = {
    "us-435": {
        "us.ftc.ship": "30 days 2014-12-08 | 0 days | 50 days",
        "us.ftc.delay_option": "30 days 2014-12-08",
        "us.ftc.stands": "0 days 2014-12-08",
        "us.ftc.refund": "7 workdays 2014-12-08 | none",
    },
    "us-429": {"us.ftc.cooling_off": "3 workdays 1974-06-07"},
    "us-mmwa": {"us.warranty": "warranty.years years 1975-07-04 | warranty.months months"},
    "tw": {
        "tw.receipt": "0 days 2000-05-05",
        "tw.withdraw_7d": "7 days 2016-01-01 | none",
        "tw.withdraw_no_info": "4 months 2016-01-01",
        "tw.collect": "15 days 2015-06-19",
        "tw.collect_refund": "15 days 2015-06-19",
        "tw.defect_6m": "6 months 2000-05-05",
        "tw.defect_5y": "5 years 2000-05-05",
        "tw.promised": "0 days 2000-05-05",
        "tw.extra_period": "0 days 2000-05-05",
        "tw.work_1y": "1 years 2000-05-05 | none | 5 years | same | 5 years",
        "tw.work_claim_1y": "1 years 2000-05-05 | none",
        "tw.work_mend": "0 days 2000-05-05 | none",
    },
    "jp": {
        "jp.notice_1y": "1 years 2020-04-01",
        "jp.cure_period": "0 days 2020-04-01",
        "jp.mail_order": "8 days 2020-04-01",
    },
}
_SURE = {
    "us-435": {"cfr435": "verified", "days435": "secondary"},
    "us-429": {"cfr429": "partly", "bizday": "secondary"},
    "us-mmwa": {"usc15": "verified"},
    "tw": {"cpa": "verified", "rules": "verified", "exceptions": "verified", "civil": "verified", "rest": "secondary"},
    "jp": {"civil": "verified", "civil563": "secondary", "sct": "verified"},
}
_HAN = re.compile(r"[\u4e00-\u9fff]")


def _packs(*names: str) -> list[Pack]:
    found = [pack for pack in load.shipped() if pack.id in names]
    assert sorted(pack.id for pack in found) == sorted(names)
    return found


def _length(values: object) -> str:
    if not isinstance(values, tuple):
        return "same"
    (dated,) = values
    if dated.length is None:
        return "none"
    return f"{dated.length.fact or dated.length.count} {dated.length.unit}"


@pytest.mark.parametrize("pack", _packs(*_IDS), ids=lambda pack: pack.id)
def test_the_windows(pack: Pack) -> None:
    """Names and lengths, each against a table written by hand."""
    found = {}
    for window in pack.law.windows:
        own = f"{_length(window.values)} {window.values[0].since}"
        variants = [_length(variant.changes.get("values")) for variant in window.variants]
        found[window.name] = " | ".join([own, *variants])
    assert found == _WINDOWS[pack.id]


@pytest.mark.parametrize("pack", _packs(*_IDS), ids=lambda pack: pack.id)
def test_how_sure_each_source_is(pack: Pack) -> None:
    """The mark of each source, and each source of use."""
    assert {key: source.sure for key, source in pack.sources.items()} == _SURE[pack.id]
    cited = {key for line in pack.law.lines for key, __ in line.cite}
    cited |= {key for window in pack.law.windows for key, __ in window.cite}
    cited |= {key for bar in pack.law.bars for key, __ in bar.cite}
    assert cited == set(pack.sources)


@pytest.mark.parametrize("pack", _packs(*_IDS), ids=lambda pack: pack.id)
def test_everything_is_said_in_both_languages(pack: Pack) -> None:
    """The English has no Chinese in it, and the Chinese has some."""
    words = [pack.title, *pack.not_covered, *(line.title for line in pack.law.lines)]
    words += [line.because for line in pack.law.lines if line.because]
    words += [window.title for window in pack.law.windows if window.title]
    words += [source.title for source in pack.sources.values() if source.title]
    assert [said.en for said in words if _HAN.search(said.en)] == []
    assert [said.zh for said in words if not _HAN.search(said.zh)] == []
    assert all(window.title for window in pack.law.windows)


def test_where_they_are_in_force() -> None:
    """Japan in no book that does not name it; the others in the books of their country."""
    assert {pack.id: (pack.country, pack.chosen) for pack in _packs(*_IDS)} == {
        **dict.fromkeys(_US, ("US", "place")),
        "tw": ("TW", "place"),
        "jp": ("JP", "named"),
    }


def _verdict(names: tuple[str, ...], today: str, **facts: Tree) -> Verdict:
    packs = _packs(*names)
    return decide(packs, situation(facts, date.fromisoformat(today), packs[0].country))


def test_a_refund_on_the_sellers_credit_has_no_day() -> None:
    """One billing cycle is no number of days; the verdict says so and names none."""
    facts: dict[str, Tree] = {"sold_on": "2026-03-02", "channel": "online", "delivered": "no"}
    found = _verdict(_US, "2026-04-22", **facts, seller_credit_application="yes")
    best = found.remedy("cancel_unshipped").best
    assert best is not None
    assert best.state == "open"
    assert "billing cycle" in best.title.en
    assert "us.ftc.refund" not in found.windows
    plain = _verdict(_US, "2026-04-22", **facts)
    best = plain.remedy("cancel_unshipped").best
    assert best is not None
    assert "7 working days" in best.title.en
    assert plain.windows["us.ftc.refund"] == date(2026, 4, 13)


@pytest.mark.parametrize(
    ("warranty", "word"), [("full", "reasonable number"), ("limited", "read it"), (None, "must say whether")]
)
def test_what_a_person_must_judge_of_a_warranty(warranty: str | None, word: str) -> None:
    """The reason is said, and is that of the warranty's own kind alone."""
    terms: Tree = {"years": "1", **({"type": warranty} if warranty else {})}
    repairs: Tree = [{"in": "2026-02-11", "out": "2026-02-25", "result": "not_fixed"}]
    found = _verdict(
        _US, "2026-06-01", sold_on="2026-01-10", delivered_on="2026-01-12", channel="shop", fault_on="2026-02-10",
        warranty=terms, repairs=repairs,
    )  # fmt: skip
    (because,) = found.review
    assert word in because.en


def test_an_ordinary_defect_in_taiwan_is_no_question_of_fairness() -> None:
    """Only a slight one raises it; and the windows of work on the goods are not shown for it."""
    facts: dict[str, Tree] = {"sold_on": "2025-12-20", "delivered_on": "2025-12-23", "channel": "shop"}
    facts |= {"fault_on": "2026-02-08", "notified_on": "2026-02-10", "installed_on": "2025-12-24"}
    assert _verdict(("tw",), "2026-03-02", **facts).review == ()
    assert not {name for name in _verdict(("tw",), "2026-03-02", **facts).windows if "work" in name}
    assert _verdict(("tw",), "2026-03-02", **facts, severity="minor").review != ()
