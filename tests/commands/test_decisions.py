"""Deciding and refusing a remedy: what is kept, what needs a reason, what is said."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest

from aftercare.answers import remedies
from aftercare.answers.affairs import Affairs
from aftercare.answers.rules import Rules
from aftercare.plain.moments import Moment
from aftercare.plain.tree import Tree
from aftercare.policies.judging.verdict import Cite, Fee, Grant, PackUsed, Remedy, State, Traced, Verdict
from aftercare.policies.shape import Words
from aftercare.records.claim import Claim
from tests import counter as small_shop
from tests.counter import Counter

CLAIM = "CL26-0001"
CITE = Cite("cn-1995-general", "rules", Words("Provisions of 1995", "三包规定"), "Art. 10", "verified")
Open = Callable[..., None]


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop; its customer asks for the money back."""
    shop = small_shop.opened(tmp_path / "book", capsys, monkeypatch)
    shop.write("claims/2026/CL26-0001.yaml", f"{shop.text(CLAIM)}asked: refund\n")
    return shop


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> Open:
    """Sets the states that the next verdicts give to remedies; what is not named is closed."""
    states: dict[str, State] = {}
    calls: list[dict[str, Any]] = []

    def verdict(
        affairs: Affairs, unit: str, rules: Rules, on: Moment, *, claim: Claim, said: Mapping[str, Tree], asked: str
    ) -> Verdict:
        calls.append({"unit": unit, "on": on, "asked": asked, "said": dict(said)})
        return _verdict(on, asked or None, states)

    monkeypatch.setattr(remedies, "verdict", verdict)

    def set_states(**given: State) -> None:
        states.clear()
        states.update(given)

    set_states.calls = calls  # type: ignore[attr-defined]
    return set_states


def _verdict(on: Moment, asked: str | None, states: Mapping[str, State]) -> Verdict:
    return Verdict(
        on=on,
        fault_on=date(2026, 3, 8),
        asked=asked,
        repair_days=(),
        burden_of_proof="trader",
        remedies={name: _remedy(name, state) for name, state in states.items()},
        ask=(),
        assumed={},
        windows={},
        packs=(PackUsed("cn-1995-general", "2", "ab" * 32),),
        provisional=(),
        review=(),
        facts={"sold_on": "2025-05-02", "fault_on": "2026-03-08"},
        trace=(
            Traced(
                line="cn-1995-general/refund",
                result="granted",
                because="within",
                fact="fault_on",
                value="2026-03-08",
                wanted=None,
                origin="stated",
                record=CLAIM,
                record_line=None,
                value_since=None,
                steps=(),
                cite=(CITE,),
                path=("fault", "found_on"),
            ),
        ),
    )


def _remedy(name: str, state: State) -> Remedy:
    if state == "closed":
        return Remedy(name, state, None, why="expired")
    grant = Grant(
        remedy=name,
        line=f"cn-1995-general/{name}",
        title=Words(name, name),
        state=state,
        until=date(2026, 3, 20),
        act="show",
        since=None,
        fee=Fee(Decimal("40.00")) if name.endswith("_with_fee") else None,
        amount=None,
        liable="seller",
        choice="customer",
        steps=(),
        cite=(CITE,),
        missing=("component",) if state == "ask" else (),
    )
    return Remedy(name, state, grant, ask=grant.missing)


def _decisions(counter: Counter) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = counter.done(f"claim show {CLAIM} --format json").json["decisions"]
    return found


def test_a_decision_keeps_its_verdict(counter: Counter, judged: Open) -> None:
    """Packs with their hashes, the facts, what was not closed with end, fee and line; the trace beside the claim."""
    judged(refund="open", repair="open", refund_with_fee="review", replace="closed", loan_unit="closed")
    counter.done(f"claim decide {CLAIM} refund --by 李师傅 --reason 一年内两次 --on 2026-03-09")
    decision = _decisions(counter)[0]
    verdict = decision.pop("verdict")
    assert decision == {
        "on": "2026-03-09",
        "asked": "refund",
        "remedy": "refund",
        "refused": None,
        "goodwill": None,
        "by": "ST25-0001",
        "reason": "一年内两次",
    }
    trace = (counter.folder / "claims/2026/CL26-0001.verdict-1.json").read_bytes()
    assert verdict.pop("trace") == hashlib.sha256(trace).hexdigest()
    line = "cn-1995-general"
    assert verdict == {
        "packs": {"cn-1995-general": "2 sha256:abababababab"},
        "facts": {"sold_on": "2025-05-02", "fault_on": "2026-03-08"},
        "remedies": {
            "refund": {"state": "open", "until": "2026-03-20", "fee": None, "line": f"{line}/refund"},
            "repair": {"state": "open", "until": "2026-03-20", "fee": None, "line": f"{line}/repair"},
            "refund_with_fee": {
                "state": "review",
                "until": "2026-03-20",
                "fee": "40.00",
                "line": f"{line}/refund_with_fee",
            },
        },
    }
    told = json.loads(trace)
    assert (told["claim"], told["unit"], told["on"]) == (CLAIM, "SA25-0009/1", "2026-03-09")
    assert [(step["line"], step["record"], step["record_line"]) for step in told["trace"]] == [
        ("cn-1995-general/refund", CLAIM, 4)
    ]


def test_what_was_asked_and_what_was_decided_are_kept_though_closed(counter: Counter, judged: Open) -> None:
    """Later one must see what the verdict said of them."""
    judged(refund="closed", replace="closed", repair="closed")
    printed = counter.done(f"claim decide {CLAIM} replace")
    assert "exchange for the same model is not open: it is given out of goodwill" in printed.err
    remedies = _decisions(counter)[0]["verdict"]["remedies"]
    assert {name: one["state"] for name, one in remedies.items()} == {"refund": "closed", "replace": "closed"}


@pytest.mark.parametrize(
    ("line", "kept_back"),
    [
        ("decide CL26-0001 repair", "refund"),
        ("decide CL26-0001 refund-with-fee", "refund"),
        ("decide CL26-0001 replace_with_fee", "replace"),
        ("decide CL26-0001 refund --asked replace", "replace"),
        ("refuse CL26-0001 replace", "replace"),
        ("refuse CL26-0001 refund", "refund"),
    ],
)
def test_less_than_is_open_needs_a_reason(counter: Counter, judged: Open, line: str, kept_back: str) -> None:
    """Without one exit 5 and nothing is written; with one it is, and the line and article it offends are said."""
    judged(refund="open", replace="open", repair="open", refund_with_fee="closed", replace_with_fee="closed")
    before = counter.files()
    printed = counter(f"claim {line}")
    assert printed.code == 5
    sentence, remedy = printed.err.splitlines()
    assert f"is open by cn-1995-general/{kept_back} (Provisions of 1995 Art. 10); to decide less needs a" in sentence
    assert "--reason" in remedy
    assert counter.files() == before
    said = counter.done(f"claim {line} --reason 顾客同意").err
    assert "this is less than what is open: " in said
    assert f"by cn-1995-general/{kept_back} (Provisions of 1995 Art. 10); it will be a breach" in said
    assert _decisions(counter)[0]["reason"] == "顾客同意"


@pytest.mark.parametrize(
    ("states", "line"),
    [
        ({"refund": "open"}, "decide CL26-0001 refund"),
        ({"refund": "review", "repair": "open"}, "decide CL26-0001 repair"),
        ({"refund": "if_proven", "repair": "open"}, "decide CL26-0001 repair"),
        ({"refund": "ask", "repair": "open"}, "decide CL26-0001 repair"),
        ({"refund": "closed", "refund_with_fee": "open"}, "decide CL26-0001 refund_with_fee"),
        ({"replace": "open", "replace_with_fee": "open"}, "decide CL26-0001 replace --asked replace_with_fee"),
        ({"refund": "closed"}, "decide CL26-0001 refund"),
    ],
)
def test_no_less_than_is_open_needs_none(counter: Counter, judged: Open, states: dict[str, State], line: str) -> None:
    """What is asked for, what is arguable, and what betters it."""
    judged(**states)
    assert "less than what is open" not in counter.done(f"claim {line}").err


def test_what_is_not_known_is_said(counter: Counter, judged: Open) -> None:
    """One may decide all the same; the clerk learns what it hangs on."""
    judged(refund="ask")
    printed = counter.done(f"claim decide {CLAIM} refund")
    assert "hangs on what is not known: " in printed.err
    assert "part" in printed.err


def test_a_refusal_says_why(counter: Counter, judged: Open) -> None:
    """Also that of a remedy which is closed: a missing reason is wrong use."""
    judged(refund="closed")
    assert counter(f"claim refuse {CLAIM} refund").code == 2
    counter.done(f"claim refuse {CLAIM} refund --reason 过了期限")
    decision = _decisions(counter)[0]
    assert (decision["remedy"], decision["refused"], decision["reason"]) == ("refund", True, "过了期限")
    page = counter.done("unit show SA25-0009/1").out
    assert "refused: refund, 过了期限" in page
    assert "decided" not in page
    counter.done(f"claim close {CLAIM}")


def test_a_later_decision_has_its_own_trace(counter: Counter, judged: Open) -> None:
    """One file for each; a file of a decision that stands is never written over."""
    judged(refund="open", repair="open")
    counter.done(f"claim decide {CLAIM} repair --reason 先修 --on 2026-03-08")
    counter.done(f"claim decide {CLAIM} refund --on 2026-03-09")
    first, second = _decisions(counter)
    folder = counter.folder / "claims/2026"
    kept = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("CL26-0001.*.json")}
    assert kept == {
        "CL26-0001.verdict-1.json": first["verdict"]["trace"],
        "CL26-0001.verdict-2.json": second["verdict"]["trace"],
    }
    head, __, ___ = counter.text(CLAIM).partition("decisions:")
    trace = second["verdict"]["trace"]
    left = f"decisions: [{{on: 2026-03-09, remedy: refund, verdict: {{trace: {trace}}}}}]\n"
    counter.write("claims/2026/CL26-0001.yaml", f"{head}{left}")
    counter.done(f"claim decide {CLAIM} repair --reason 改主意")
    assert (folder / "CL26-0001.verdict-3.json").exists()
    assert hashlib.sha256((folder / "CL26-0001.verdict-2.json").read_bytes()).hexdigest() == trace


def test_the_day_and_the_circumstances_are_those_said(counter: Counter, judged: Open) -> None:
    """``--on`` judges another day, ``--fact`` says what the claim does not hold, ``--asked`` what was asked for."""
    judged(repair="open")
    line = f"claim decide {CLAIM} repair --on 2026-03-09 --asked repair"
    counter.done(f"{line} --fact goods-intact=yes --fact exclusions=misuse,virus")
    assert judged.calls[-1] == {  # type: ignore[attr-defined]
        "unit": "SA25-0009/1",
        "on": date(2026, 3, 9),
        "asked": "repair",
        "said": {"goods_intact": "yes", "exclusions": ["misuse", "virus"]},
    }
    assert _decisions(counter)[0]["asked"] == "repair"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (f"claim decide {CLAIM}", 2),
        (f"claim decide {CLAIM} money", 2),
        (f"claim decide {CLAIM} repair --asked money", 2),
        (f"claim decide {CLAIM} repair --fact price", 2),
        (f"claim decide {CLAIM} repair --on someday", 2),
        (f"claim decide {CLAIM} repair --on 2026-03-11", 5),
        ("claim decide CL26-0099 repair", 4),
        (f"claim decide {CLAIM} repair --by 没有的人", 4),
        ("claim decide CL26-0002 repair", 5),
    ],
)
def test_wrong_lines_write_nothing(counter: Counter, judged: Open, line: str, code: int) -> None:
    """2 for the line, 4 for the record, 5 for a day that has not come and for a claim that is closed."""
    judged(repair="open")
    counter.write(
        "claims/2026/CL26-0002.yaml",
        "id: CL26-0002\nunit: SA25-0009/1\nreported_on: 2026-03-08\nclosed: {on: 2026-03-09}\n",
    )
    before = counter.files()
    printed = counter(line)
    assert (printed.code, printed.out) == (code, ""), printed.err
    assert counter.files() == before


def test_the_trace_beside_the_claim_is_no_record(counter: Counter, judged: Open) -> None:
    """``check`` has nothing to say of it, the next claim gets the next number, and it goes with its claim."""
    judged(repair="open")
    assert counter.done(f"claim decide {CLAIM} repair --reason 先修 --format json").json["id"] == CLAIM
    assert "verdict-1" not in counter("check").out
    assert counter.done("claim add --unit SA25-0009/1 --found-on 2026-03-09").lines == ["CL26-0002"]
    counter.done(f"claim remove {CLAIM} --yes")
    assert not [*counter.folder.glob("claims/2026/*.json")]
    assert counter.done("claim add --unit SA25-0009/1 --found-on 2026-03-09").lines == ["CL26-0003"]


def test_claim_and_trace_are_one_commit(counter: Counter, judged: Open) -> None:
    """Whoever undoes the decision undoes both; removing the claim is one commit too."""

    def git(*words: str) -> str:
        done = subprocess.run(["git", *words], cwd=counter.folder, capture_output=True, text=True, check=True)
        return done.stdout

    git("init", "--quiet")
    counter.write("aftercare.yaml", "shop: 阳光家电\ncurrency: CNY\ngit: yes\n")
    judged(repair="open")
    counter.done(f"claim decide {CLAIM} repair --reason 先修")
    shown = git("show", "--format=%s", "--name-only", "HEAD").split()
    assert shown == ["claim", "decide", CLAIM, f"claims/2026/{CLAIM}.verdict-1.json", f"claims/2026/{CLAIM}.yaml"]
    counter.done(f"claim remove {CLAIM} --yes")
    assert git("ls-files", "claims").split() == [f"claims/2026/{CLAIM}.yaml"]


def test_a_page_shows_the_verdict_in_words(counter: Counter, judged: Open) -> None:
    """No program's own notation in the page of a claim."""
    judged(repair="open", refund="review")
    counter.done(f"claim decide {CLAIM} repair")
    page = counter.done(f"claim show {CLAIM}").out
    assert "repair (open, 2026-03-20, cn-1995-general/repair)" in page
    assert "None" not in page
    assert "datetime" not in page


def test_what_show_prints_goes_back_in(counter: Counter, judged: Open, tmp_path: Path) -> None:
    """With its decisions and their verdicts."""
    judged(repair="open", refund="review")
    counter.done(f"claim decide {CLAIM} repair")
    (tmp_path / "claim.json").write_text(counter.done(f"claim show {CLAIM} --format json").out, encoding="utf-8")
    counter.done(f"claim add --from {tmp_path / 'claim.json'}")
    again = counter.done("claim show CL26-0002 --format json").json
    assert again["decisions"] == _decisions(counter)


SOLD = (
    "id: SA26-0009\ncustomer: CU26-0001\nsold_on: 2026-03-02\nchannel: shop\n"
    "items:\n- {product: PR26-0001, serial: KF35-009, price: 3299.00, taken: yes}\n"
)
BROKEN = "id: CL26-0009\nunit: SA26-0009/1\nreported_on: 2026-03-06\nfault: {found_on: 2026-03-05, kind: performance}\n"


def test_a_decision_by_the_law_in_force(counter: Counter) -> None:
    """On the third day the money may be asked back; a mere repair keeps it back, and the law that says so is kept."""
    counter.write("sales/2026/SA26-0009.yaml", SOLD)
    counter.write("claims/2026/CL26-0009.yaml", BROKEN)
    line = "claim decide CL26-0009 repair --asked refund --on 2026-03-08"
    printed = counter(line)
    assert printed.code == 5
    assert "refund is open by cn-" in printed.err
    counter.done(f"{line} --reason 顾客愿意修")
    counter.done("claim decide CL26-0009 refund --on 2026-03-08")
    for number, decision in enumerate(counter.done("claim show CL26-0009 --format json").json["decisions"], start=1):
        verdict = decision["verdict"]
        assert verdict["remedies"]["refund"]["state"] == "open"
        assert verdict["facts"]["fault_on"] == "2026-03-05"
        assert verdict["remedies"]["refund"]["line"].partition("/")[0] in verdict["packs"]
        trace = (counter.folder / f"claims/2026/CL26-0009.verdict-{number}.json").read_bytes()
        assert verdict["trace"] == hashlib.sha256(trace).hexdigest()
        places = {(step["record"], step["record_line"]) for step in json.loads(trace)["trace"]}
        assert ("CL26-0009", 4) in places


@pytest.mark.parametrize("fact", ["price=many", "prize=1", "goods_intact=perhaps"])
def test_a_circumstance_is_one_of_the_vocabulary(counter: Counter, fact: str) -> None:
    """Another name, or a value that does not fit, is wrong use."""
    printed = counter(f"claim decide {CLAIM} repair --fact {fact}")
    assert printed.code == 2
    assert printed.err.startswith("aftercare: --fact: ")


def test_every_state_is_weighed() -> None:
    """The states of these tests are those of a verdict."""
    assert set(get_args(State)) == {"open", "closed", "ask", "if_proven", "review"}
