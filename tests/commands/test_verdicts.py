"""What a customer may have, at the command line: the text of a good clerk, the machine formats, wrong input."""

from __future__ import annotations

import calendar
import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from aftercare.plain.text import width
from aftercare.policies import vocabulary
from tests.counter import Counter, at_the_counter

ROOT = Path(__file__).resolve().parent.parent.parent
GOODS = {
    "PR24-0001": ("空调", "air_conditioner"),
    "PR24-0002": ("冰箱", "refrigerator"),
    "PR24-0003": ("彩电", "color_tv_crt"),
    "PR24-0004": ("耳机", "headphones"),
}
SALES = {
    "SA24-0001": "sold_on: 2024-05-10\nitems: [{product: PR24-0001, serial: A1, price: 3200.00}]\n",
    "SA24-0002": "sold_on: 2024-03-04\nitems: [{product: PR24-0002, serial: B1, price: 4599.00}]\n",
    "SA24-0003": "sold_on: 2024-03-04\nitems: [{product: PR24-0003, serial: C1, price: 5000.00}]\n",
    "SA25-0001": "sold_on: 2025-09-18\nitems: [{product: PR24-0003, serial: C2, price: 5000.00, taken: yes}]\n",
    "SA25-0002": "sold_on: 2025-06-03\nchannel: online\nitems: [{product: PR24-0004, serial: D1, price: 268.00}]\n",
}
CLAIMS = {
    "CL24-0001": (
        "unit: SA24-0001/1\nreported_on: 2024-07-01\nfault: {found_on: 2024-07-01}\n"
        "repairs:\n- {in: 2024-07-01, out: 2024-07-09, result: fixed}\n"
        "- {in: 2024-08-05, out: 2024-08-20, result: fixed}\n"
    ),
    "CL24-0002": (
        "unit: SA24-0001/1\nreported_on: 2024-09-02\nfault: {found_on: 2024-09-02, component: other}\nasked: replace\n"
        "facts: {same_model_available: yes}\n"
    ),
    "CL24-0003": (
        "unit: SA24-0002/1\nreported_on: 2024-08-06\nfault: {found_on: 2024-08-06, component: other}\nasked: replace\n"
        "repairs:\n- in: 2024-08-06\n  waiting: [{from: 2024-08-06, for: 压缩机, because: no_parts_from_producer}]\n"
        "facts: {same_model_available: yes}\n"
    ),
    "CL25-0001": (
        "unit: SA25-0001/1\nreported_on: 2025-10-09\nfault: {found_on: 2025-10-03, component: other}\nasked: replace\n"
        "facts: {same_model_available: yes}\n"
    ),
    "CL25-0002": (
        "unit: SA24-0003/1\nreported_on: 2025-05-06\nfault: {found_on: 2025-05-06, symptom: 无图像}\nasked: repair\n"
        "facts: {same_model_available: yes}\n"
    ),
    "CL25-0003": (
        "unit: SA25-0002/1\nreported_on: 2025-06-10\nfault: {kind: none}\nasked: withdraw\n"
        "facts: {goods_intact: yes, opened_to_inspect: yes}\n"
    ),
}
DELIVERY = "id: DE25-0001\nsale: SA25-0002\narranged_on: 2025-06-03\nsigned: {by: 王建国, at: 2025-06-05}\n"


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """A shop with one sale and claim for each of the situations below, under all rules that ship for it."""
    counter = Counter(tmp_path / "book", capsys)
    counter.write("aftercare.yaml", "shop: 阳光家电\ncountry: CN\ncurrency: CNY\nregion: none\ngit: no\n")
    counter.write("customers/2024/CU24-0001.yaml", "id: CU24-0001\nname: 王建国\nsince: 2024-03-01\n")
    for product, (name, category) in GOODS.items():
        counter.write(f"products/2024/{product}.yaml", f"id: {product}\nname: {name}\ncategory: {category}\n")
    for sale, text in SALES.items():
        counter.write(f"sales/20{sale[2:4]}/{sale}.yaml", f"id: {sale}\ncustomer: CU24-0001\n{text}")
    for claim, text in CLAIMS.items():
        counter.write(f"claims/20{claim[2:4]}/{claim}.yaml", f"id: {claim}\n{text}")
    counter.write("deliveries/2025/DE25-0001.yaml", DELIVERY)
    at_the_counter(counter.folder, monkeypatch)
    return counter


def _text(counter: Counter, line: str, lang: str) -> list[str]:
    lines = counter.done(f"{line} --lang {lang}").lines
    assert len(lines) <= 12
    assert max(map(width, lines)) <= 100
    return lines


def _whole(lines: list[str], lang: str) -> str:
    """The text without its line breaks, every day in it as ISO writes it."""
    text = ("" if lang == "zh" else " ").join(line.strip() for line in lines)
    text = re.sub(r"(?<!\d)(\d+) ([A-Z][a-z]+) (\d{4})", lambda day: _iso(day[3], MONTHS.index(day[2]), day[1]), text)
    return re.sub(r"(\d{4})年(\d+)月(\d+)日", lambda day: _iso(*day.groups()), text)


MONTHS = [*calendar.month_name]


def _iso(year: str, month: str | int, day: str) -> str:
    return f"{year}-{int(month):02}-{int(day):02}"


class TestTheTextOfAGoodClerk:
    """Last good day, cost and its arithmetic, article, what to bring, what would change it: in both languages.

    All figures were reckoned by hand, and the law read for them; a comment says how.
    """

    @pytest.mark.parametrize("lang", ["en", "zh"])
    @pytest.mark.parametrize(
        ("line", "wanted", "articles"),
        [
            # 10 May 2024 + 1 year + 8 + 15 days in repair = Monday 2 June 2025, Dragon Boat Day: the 3rd.  To the day
            # of the question 115 days, 23 of them in repair: 92 x 0.1% x 3200 = 294.40.
            pytest.param(
                "claim check CL24-0002 --on 2024-09-02",
                ["2025-06-03", "2025-06-02", "294.40", "2905.60", "3200.00", "0.1%", "92"],
                ["8", "11", "13"],
                id="the second repair",
            ),
            # 6 August + 90 = 4 November 2024; the 91st day.  4 March to 5 November 246 days, 91 of them in repair:
            # 155 x 0.05% x 4599 = 356.4225.  4 March 2025 + 91 = 3 June.
            pytest.param(
                "claim check CL24-0003 --on 2024-11-05",
                ["2025-06-03", "356.42", "4242.58", "4599.00", "0.05%", "155", "91"],
                ["12", "13"],
                id="parts waited for over the limit",
            ),
            # 18 September + 15 = 3 October 2025, within the holiday to the 8th: the 9th.  21 x 0.1% x 5000 = 105.
            pytest.param(
                "claim check CL25-0001 --on 2025-10-09",
                ["2025-10-09", "105.00", "4895.00", "5000.00", "0.1%", "21"],
                ["10", "13"],
                id="a fault on day 15, a holiday",
            ),
            # The set had its year to 4 March 2025; a main part has three.
            pytest.param("claim check CL25-0002 --on 2025-05-06", ["2027-03-04"], ["8"], id="an unknown component"),
            # Received on 5 June: the 7th day after is the 12th.
            pytest.param(
                "claim check CL25-0003 --on 2025-06-10",
                ["2025-06-12", "268.00"],
                ["25"],
                id="an online return, box opened",
            ),
        ],
    )
    def test_five_situations(
        self, counter: Counter, line: str, wanted: list[str], articles: list[str], lang: str
    ) -> None:
        """At most twelve lines hold every figure."""
        text = _whole(_text(counter, line, lang), lang)
        for figure in wanted:
            assert re.search(rf"(?<![\d.]){re.escape(figure)}(?![\d])", text), (figure, text)
        for article in articles:
            assert re.search(rf"(?<![\d.-]){article}(?![\d.-])", text), (article, text)

    @pytest.mark.parametrize("lang", ["en", "zh"])
    @pytest.mark.parametrize(
        ("line", "fact"),
        [
            ("claim check CL24-0002 --on 2024-09-02", "exclusions"),
            ("claim check CL25-0001 --on 2025-10-09", "exclusions"),
            ("claim check CL25-0003 --on 2025-06-10", "unsealed"),
        ],
    )
    def test_what_was_taken_for_granted_is_said(self, counter: Counter, line: str, fact: str, lang: str) -> None:
        """Whoever reads it knows what would change the answer."""
        assert vocabulary.fact(fact).label.said(lang) in _whole(_text(counter, line, lang), lang)

    @pytest.mark.parametrize("lang", ["en", "zh"])
    def test_what_is_not_known_is_asked(self, counter: Counter, lang: str) -> None:
        """After the first year it hangs on the part, and the question is put in words."""
        question = vocabulary.fact("component").question.said(lang)
        assert question in _whole(_text(counter, "claim check CL25-0002 --on 2025-05-06", lang), lang)

    @pytest.mark.parametrize("claim", ["CL24-0002 --on 2024-09-02", "CL25-0003 --on 2025-06-10"])
    def test_it_says_what_to_bring(self, counter: Counter, claim: str) -> None:
        """The customer should not have to come twice."""
        assert any(line.strip().startswith("Bring: ") for line in _text(counter, f"claim check {claim}", "en"))

    def test_why_adds_every_line_that_was_looked_at(self, counter: Counter) -> None:
        """`--why`, and `policy explain --all`: the same answer with the trace behind it, facts with file and line."""
        line = "CL24-0002 --on 2024-09-02"
        short = counter.done(f"claim check {line}").out
        long = counter.done(f"claim check {line} --why").out
        assert long.startswith(short)
        assert "cn-1995-general/art11" in long.removeprefix(short)
        assert "CL24-0002:4" in long
        assert counter.done(f"policy explain {line} --all").out == long


KEYS = (
    "claim", "unit", "on", "fault_on", "asked", "repair_days", "burden_of_proof", "remedies", "ask", "assumed",
    "windows", "packs", "provisional", "trace",
)  # fmt: skip
OF_A_REMEDY = (
    "state", "until", "until_act", "from", "fee", "amount", "liable", "arithmetic", "choice", "line", "cite", "why",
    "ask", "then", "also",
)  # fmt: skip
OF_A_CHECK = (
    "line", "result", "because", "fact", "value", "record", "record_line", "value_since", "arithmetic", "cite", "sure",
)  # fmt: skip


def _values(value: Any) -> Iterator[Any]:
    yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inner:
        yield from _values(one)


class TestMachineFormats:
    """The JSON is a promise, and the other formats say the same."""

    @pytest.mark.parametrize(
        "line",
        [
            "claim check CL24-0002 --on 2024-09-02",
            "claim check CL25-0002 --on 2025-05-06",
            "claim check CL25-0003 --on 2025-06-10",
            "unit remedies SA24-0003/1 --on 2024-03-05",
            "unit remedies SA25-0001/1 --fault-on none --on 2025-09-20",
            "policy explain CL24-0003 --on 2024-11-05",
        ],
    )
    def test_every_key_is_always_there(self, counter: Counter, line: str) -> None:
        """Null or empty where there is nothing; money is text, and no figure is a float."""
        answer = counter.done(f"{line} --format json").json
        assert answer.keys() >= set(KEYS)
        assert answer["remedies"], "every remedy that a pack in force names"
        for remedy in answer["remedies"].values():
            assert remedy.keys() >= set(OF_A_REMEDY)
            assert all(later.keys() >= set(OF_A_REMEDY) for later in remedy["then"])
            assert all(cite["source"] and "article" in cite for cite in remedy["cite"])
            for key in ("fee", "amount"):
                assert remedy[key] is None or re.fullmatch(r"\d+\.\d\d", remedy[key])
        assert all(check.keys() >= set(OF_A_CHECK) for check in answer["trace"])
        assert all(pack.keys() >= {"id", "version", "sha256"} for pack in answer["packs"])
        assert not [value for value in _values(answer) if isinstance(value, float)]

    def test_the_answer_does_not_depend_on_the_language(self, counter: Counter) -> None:
        """A script reads the same whatever the clerk speaks."""
        line = "claim check CL24-0002 --on 2024-09-02 --format json --lang"
        assert counter.done(f"{line} zh").out == counter.done(f"{line} en").out

    def test_a_fact_of_the_trace_names_its_record_and_line(self, counter: Counter) -> None:
        """The day of the fault stands on line 4 of the claim."""
        answer = counter.done("claim check CL24-0002 --on 2024-09-02 --format json").json
        places = {(one["fact"], one["record"], one["record_line"]) for one in answer["trace"]}
        assert ("fault_on", "CL24-0002", 4) in places
        assert ("category", "PR24-0001", 3) in places

    def test_other_formats_say_the_same(self, counter: Counter) -> None:
        """One row: YAML and JSONL whole, CSV with a cell for each field, ids the claim."""
        line = "claim check CL24-0002 --on 2024-09-02 --format"
        whole = counter.done(f"{line} json").json
        for row in (yaml.safe_load(counter.done(f"{line} yaml").out)[0], counter.done(f"{line} jsonl").json):
            assert row["id"] == "CL24-0002"
            assert row["windows"] == whole["windows"]
            assert row["remedies"] == whole["remedies"]
        (cells,) = csv.DictReader(io.StringIO(counter.done(f"{line} csv").out))
        assert cells["asked"] == "replace"
        assert json.loads(cells["remedies"]) == whole["remedies"]
        assert counter.done(f"{line} ids").lines == ["CL24-0002"]
        assert counter.done("unit remedies SA24-0003/1 --on 2025-05-06 --format ids").lines == ["SA24-0003/1"]
        fields = counter.done(f"{line} json --fields asked,remedies.refund_with_fee.fee").json
        assert fields == {"asked": "replace", "remedies.refund_with_fee.fee": "294.40"}


def _run(counter: Counter, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "aftercare", "-C", str(counter.folder), *words],
        cwd=counter.folder.parent,
        env={"PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_an_empty_environment_and_a_pipe_change_nothing(counter: Counter) -> None:
    """`env -i`, into a pipe: UTF-8, no colour, no prompt, the same words."""
    line = "claim check CL24-0002 --on 2024-09-02 --lang zh"
    done = _run(counter, *line.split())
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == counter.done(line).out
    assert "\x1b" not in done.stdout


def test_a_reader_that_has_seen_enough_is_no_error(counter: Counter) -> None:
    """A closed pipe ends it without a traceback."""
    command = f"{sys.executable} -m aftercare -C {counter.folder} claim check CL24-0002 --why --on 2024-09-02 | head -1"
    done = subprocess.run(
        ["sh", "-c", command],
        env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.startswith("CL24-0002")
    assert done.stderr == ""


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("command", ["claim check", "unit remedies"])
def test_every_fact_has_its_flag_and_its_help(counter: Counter, command: str, lang: str) -> None:
    """Dashes for underscores, and the words for it in the language in use."""
    text = counter.done(f"{command} --help --lang {lang}").out
    said = re.sub(r"\s+", "" if lang == "zh" else " ", text)
    for fact in vocabulary.facts().values():
        if not fact.measured:
            label = fact.label.said(lang)
            assert f"--{fact.name.replace('_', '-')} " in text
            assert (re.sub(r"\s+", "", label) if lang == "zh" else label) in said


@pytest.mark.parametrize("price", ["4599", "4,599.00", "￥4599", "4599元", "４５９９"])
def test_an_amount_is_read_as_everywhere(counter: Counter, price: str) -> None:
    """What is paid back is the price that was said, however it was written."""
    line = "unit remedies SA24-0003/1 --on 2024-03-05 --format json --price"
    assert counter.done(line, price).json["remedies"]["refund"]["amount"] == "4599.00"


@pytest.mark.parametrize("unit", ["SA24-0003/1", "sa24-3", "ＳＡ24-0003、1", "C1"])
def test_a_unit_is_found_by_its_serial_number_or_its_sale(counter: Counter, unit: str) -> None:
    """A sale with one line stands for its unit."""
    assert counter.done("unit remedies --on 2024-03-05 --format ids", unit).lines == ["SA24-0003/1"]


@pytest.mark.parametrize(
    ("line", "code", "named"),
    [
        ("claim check CL24-0099", 4, "CL24-0099"),
        ("claim check SA24-0001", 4, "SA24-0001"),
        ("unit remedies SA24-0001/2", 4, "SA24-0001/2"),
        ("policy explain CL24-0099", 4, "CL24-0099"),
        ("claim letter CL24-0099", 4, "CL24-0099"),
        ("claim check", 2, "REF"),
        ("claim check CL24-0002 --on 2024-02-30", 2, "--on"),
        ("claim check CL24-0002 --on soonish", 2, "--on"),
        ("claim check CL24-0002 --found-on soonish", 2, "--fault-on"),
        ("unit remedies SA24-0001/1 --same-model-availble yes", 2, "--same-model-available"),
        ("unit remedies SA24-0001/1 --same-model-available maybe", 2, "--same-model-available"),
        ("unit remedies SA24-0001/1 --channel Online", 2, "--channel"),
        ("unit remedies SA24-0001/1 --category 飞船", 2, "--category"),
        ("unit remedies SA24-0001/1 --price cheap", 2, "--price"),
        ("unit remedies SA24-0001/1 --exclusion missuse", 2, "missuse"),
        ("unit remedies SA24-0001/1 --repairs 2024-07-01", 2, "NAME=VALUE"),
        ("unit remedies SA24-0001/1 --repairs in=2024-07-01,ot=2024-07-02", 2, "out"),
        ("unit remedies SA24-0001/1 --repairs in=2024-07-01,because=no_part", 2, "no_parts"),
        ("unit remedies SA24-0001/1 --repairs in=soonish", 2, "--repairs"),
        ("unit remedies SA24-0001/1 --repairs out=2024-07-02", 2, "--repairs"),
        ("unit remedies SA24-0001/1 --repairs [{", 2, "JSON"),
        ("claim check CL24-0002 --format xml", 2, "--format"),
        ("unit remedies SA24-0001/1 --on 2024-05-09", 2, "2024-05-10"),
        ("unit remedies SA24-0001/1 --today 2024-05-09", 2, "--today"),
        ("unit remedies SA24-0001/1 --on 2024-06-01 --found-on 2024-06-02", 2, "--fault-on"),
        ("claim add --unit SA24-0001/1 --fact same_model_avail=yes", 2, "same_model_available"),
        ("claim add --unit SA24-0001/1 --fact goods-intact=maybe", 2, "goods_intact"),
        ("claim add --unit SA24-0001/1 --exclusion missuse", 2, "missuse"),
    ],
)
def test_wrong_input_is_one_sentence_that_names_it(counter: Counter, line: str, code: int, named: str) -> None:
    """Nothing is guessed, nothing is printed, nothing is written."""
    before = counter.files()
    printed = counter(line)
    assert (printed.code, printed.out) == (code, ""), printed.err
    assert named in printed.err
    assert any(text.startswith("aftercare: ") for text in printed.err.splitlines())
    assert "unexpected" not in printed.err
    assert counter.files() == before


class TestContradictions:
    """Facts that cannot both be are named with file and line, and nothing is reckoned from them."""

    def test_installed_before_it_was_sold(self, counter: Counter) -> None:
        """The windows that run from the sale or the installation have no end that can be said."""
        counter.write(
            "installations/2025/IN25-0001.yaml",
            "id: IN25-0001\nsale: SA25-0001\narranged_on: 2025-09-18\nsigned: {by: 王建国, at: 2025-09-10}\n",
        )
        assert re.search(r"^installations/2025/IN25-0001.yaml:4: order ", counter("check book").out, re.MULTILINE)
        answer = counter.done("claim check CL25-0001 --on 2025-10-09 --format json").json
        assert {answer["remedies"][name]["state"] for name in ("repair", "replace", "refund")} <= {"ask", "review"}
        assert not {name: end for name, end in answer["windows"].items() if end}
        assert answer["review"]

    @pytest.mark.parametrize(
        "repairs",
        ["- {in: 2024-07-20, out: 2024-07-25}", "- {in: 2024-08-09, out: 2024-08-06}"],
        ids=["repaired before it was reported", "handed back before it came in"],
    )
    def test_repairs_that_cannot_be(self, counter: Counter, repairs: str) -> None:
        """The periods that repairs lengthen have no end that can be said."""
        text = counter.text("CL24-0003").partition("repairs:")[0] + f"repairs:\n{repairs}\n"
        counter.write("claims/2024/CL24-0003.yaml", text)
        assert re.search(r"^claims/2024/CL24-0003.yaml:7: order ", counter("check book").out, re.MULTILINE)
        answer = counter.done("claim check CL24-0003 --on 2024-11-05 --format json").json
        assert answer["remedies"]["repair"]["state"] in {"ask", "review"}
        assert answer["windows"]["whole"] is None
        assert answer["review"]
        assert len(_text(counter, "claim check CL24-0003 --on 2024-11-05", "en")) > 2


def test_a_faulty_pack_is_one_line_and_the_verdict_goes_on(counter: Counter) -> None:
    """Exit code 3; the rules that ship answer as if the pack were not there."""
    line = "claim check CL24-0002 --on 2024-09-02 --format json"
    before = counter.done(line).json
    counter.write("policies/ours.yaml", "id: ours\nissuer: shop\ntitle: 本店\nlines: [{}]\n")
    printed = counter(line)
    assert printed.code == 3
    assert {text.partition(":")[0] for text in printed.err.splitlines()} == {"policies/ours.yaml"}
    assert printed.json == before


def test_a_circumstance_that_is_none_is_a_fault_and_counts_as_unknown(counter: Counter) -> None:
    """`check` names it with file and line; the verdict says so on stderr and asks."""
    text = counter.text("CL25-0001").replace("same_model_available", "same_model_avail")
    counter.write("claims/2025/CL25-0001.yaml", text)
    fault = "claims/2025/CL25-0001.yaml:6: fact "
    checked = counter("check book")
    assert checked.code == 1
    assert checked.lines[0].startswith(fault)
    printed = counter("claim check CL25-0001 --on 2025-10-09 --format json")
    assert printed.err.startswith(fault)
    assert "same_model_available" in printed.json["ask"]


class TestLetter:
    """The verdict as a page to hand over."""

    @pytest.mark.parametrize("lang", ["en", "zh"])
    def test_it_is_a_page_of_html_in_the_language_asked_for(self, counter: Counter, lang: str) -> None:
        """It stands alone, with the customer, the claim and the figures of the verdict."""
        page = counter.done(f"claim letter CL24-0002 --on 2024-09-02 --lang {lang}").out
        assert page.startswith("<!DOCTYPE html>")
        assert f'<html lang="{lang}' in page
        for said in ("王建国", "CL24-0002", "294.40", "阳光家电"):
            assert said in page
        assert "<script" not in page
        assert "http://" not in page

    def test_a_page_that_is_there_is_not_overwritten(self, counter: Counter) -> None:
        """Exit 5 and the page as it was; `--force` writes it anew."""
        line = "claim letter CL24-0002 letter.html --on 2024-09-02"
        counter.done(line)
        first = (counter.folder / "letter.html").read_bytes()
        assert first.startswith(b"<!DOCTYPE html>")
        printed = counter(f"{line} --lang zh")
        assert (printed.code, printed.out) == (5, "")
        assert (counter.folder / "letter.html").read_bytes() == first
        counter.done(f"{line} --lang zh --force")
        assert (counter.folder / "letter.html").read_bytes() != first


def test_a_verdict_loads_nothing_that_it_does_not_show(counter: Counter) -> None:
    """No papers, no letters, no tables: a verdict costs little more than showing the claim."""
    probe = "import sys; from aftercare.cli import run; run(sys.argv[1:]); sys.stderr.write(' '.join(sys.modules))"
    words = ["-C", str(counter.folder), "claim", "check", "CL24-0002", "--on", "2024-09-02"]
    for more in ([], ["--format", "json"]):
        done = subprocess.run(
            [sys.executable, "-c", probe, *words, *more],
            env={"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        )
        loaded = set(done.stderr.split())
        assert "aftercare.commands.verdicts" in loaded
        unwanted = {"jinja2", "tabulate", "pypinyin", "filelock", "subprocess", "lunar_python"}
        ours = {"aftercare.render.letter", "aftercare.render.paper", "aftercare.answers.sheet"}
        assert loaded & (unwanted | ours) == set()
