"""``score`` and ``score show``: every format, periods, groups, looking back, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from aftercare.answers.measures.all import MEASURES
from aftercare.answers.measures.evidence import EVIDENCE
from aftercare.commands import measuring
from aftercare.plain.text import width
from aftercare.render.scores import CASE_FIELDS, FIELDS
from tests import counter as small_shop
from tests import under_git
from tests.counter import Counter

L2 = "--law L2 --format json"
DATA = str(Path(__file__).parents[2] / "data")


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop on 10 March 2026.

    Of what it told its customers and the law demands, four promises were to be kept by then and none was: a delivery by
    the 6th, an installation by the 8th, half a delivery by the 9th, and a drawing by the 9th.
    """
    return small_shop.opened(tmp_path / "book", capsys, monkeypatch)


@pytest.fixture
def empty(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """A book without a record."""
    counter = Counter(tmp_path / "empty", capsys)
    counter.write("aftercare.yaml", "shop: 阳光家电\ncountry: CN\ngit: no\n")
    small_shop.at_the_counter(counter.folder, monkeypatch)
    return counter


def test_each_measure_has_a_row_with_every_field(counter: Counter) -> None:
    """In the order of the laws, cases or none."""
    rows = counter.done("score --format json").json
    assert [row["id"] for row in rows] == [measure.id for measure in MEASURES]
    assert {tuple(row) for row in rows} == {FIELDS}
    assert {row["kind"] for row in rows} == {"score"}
    reliable = next(row for row in rows if row["id"] == "L2")
    assert (reliable["good"], reliable["value"], reliable["low"]) == (0, "0.0", "0.0")
    assert reliable["of"] == sum(reliable["why"].values()) == sum(one["of"] for one in reliable["months"])
    assert reliable["told"]["of"] + reliable["by_law"]["of"] == reliable["of"]
    assert reliable["plan"] == {"good": 0, "of": 0}


@pytest.mark.parametrize("fmt", ["table", "json", "jsonl", "csv", "tsv", "yaml", "ids"])
def test_every_format_is_printed(counter: Counter, fmt: str) -> None:
    """Those for machines do not change with the language; the card stays within its columns."""
    for line in ("score", "score --per person", "score show L2", "score show L2 --records"):
        english, chinese = (counter.done(f"{line} --format {fmt} --lang {lang}") for lang in ("en", "zh"))
        assert english.out
        assert fmt == "table" or english.out == chinese.out
        assert fmt != "table" or max(map(width, [*english.lines, *chinese.lines])) <= 100


def test_the_card_is_one_screen(counter: Counter) -> None:
    """What was counted, in the words of the trade."""
    lines = counter.done("score --law L2").lines
    assert lines[0] == "all time"
    assert lines[2].startswith("L2 Reliability ")
    assert any(line.startswith("  all promises, our own plans too ") for line in lines)


def test_an_empty_book_says_that_there_is_nothing(empty: Counter) -> None:
    """In plain words, without a table and without a figure."""
    assert empty.done("score").lines == ["all time", "nothing to count in this period"]
    assert empty.done("score --lang zh --compare --period 2026-Q1").lines == [
        "2026-01-01 至 2026-03-31，对比 2025-10-01 至 2025-12-31",
        "这一期间没有可统计的",
    ]
    rows = empty.done("score --compare --period 2026-Q1 --format json").json
    assert all(row["of"] == 0 and row["value"] in (None, "0") for row in rows)
    assert all(row["change"] in (None, "0") and row["clear"] is None for row in rows)
    assert empty.done("score --per product --format json").json == []
    assert empty.done("score --per product --format csv").lines == [",".join(FIELDS)]
    assert empty.done("score show L2 --records").out == ""
    assert empty.done("score show L2 --records --format json").json == []
    assert empty.done("score show L2").lines[-1] == "all time: nothing to count in this period"


def test_a_period_holds_what_was_due_in_it(counter: Counter) -> None:
    """Both its days included."""
    (whole, *__) = counter.done(f"score {L2}").json
    (last, *__) = counter.done(f"score {L2} --period 2026-03-09..2026-03-09").json
    (rest, *__) = counter.done(f"score {L2} --period ..2026-03-08").json
    assert 0 < last["of"] < whole["of"] == last["of"] + rest["of"]
    assert (last["from"], last["to"]) == ("2026-03-09", "2026-03-09")
    assert (rest["from"], rest["to"]) == (None, "2026-03-08")


def test_a_period_to_come_holds_nothing(counter: Counter) -> None:
    """And says that it is to come, so that nobody takes it for a quarter without promises."""
    assert (
        counter.done("score --period 2027").lines[1].startswith("nothing to count: this period lies after today (2026-")
    )
    assert {row["value"] for row in counter.done("score --law L2 --period 2027 --format json").json} == {None}


def test_compared_with_the_period_before(counter: Counter) -> None:
    """As many months before; whether the change is clear is said with it."""
    (now, *__) = counter.done(f"score {L2} --period 2026-03 --compare").json
    assert (now["before"]["from"], now["before"]["to"], now["before"]["of"]) == ("2026-02-01", "2026-02-28", 0)
    assert (now["change"], now["clear"]) == (None, None)
    (alone, *__) = counter.done(f"score {L2} --period 2026-03").json
    assert alone["before"] is None
    for one in counter.done(f"score {L2} --period 2026-03 --compare --per channel").json:
        assert one["before"]["of"] == 0


@pytest.mark.parametrize("per", ["person", "product", "channel"])
def test_groups_add_up_to_the_whole(counter: Counter, per: str) -> None:
    """By the order of their ids, each case in one of them."""
    (whole, *__) = counter.done(f"score {L2}").json
    rows = [row for row in counter.done(f"score {L2} --per {per}").json if row["id"] == "L2"]
    assert sum(row["of"] for row in rows) == whole["of"]
    assert [row["group"] for row in rows] == sorted(row["group"] for row in rows)
    assert {row["per"] for row in rows} == {per}


def test_nobody_is_ranked(counter: Counter) -> None:
    """Persons by their ids and by no figure; products may be sorted."""
    refused = counter("score --per person --sort value")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err == "aftercare: --sort: nobody is ranked; persons can be sorted by id, group, law\n"
    assert counter.done("score --per person --law L2 --sort -group --format json").json[0]["group"].startswith("ST")
    assert counter.done("score --per product --sort -of --limit 1 --format ids").lines


def test_figures_are_sorted_as_figures(counter: Counter) -> None:
    """They are text, of which 100.0 would stand before 50.0."""
    rows = counter.done(f"-C {DATA} --today 2026-11-20 score --law L2 --per product --sort -value --format json").json
    values = [float(row["value"]) for row in rows if row["value"] is not None]
    assert 100.0 in values
    assert values == sorted(values, reverse=True)


def test_a_list_that_is_sorted_says_what_each_figure_is_measured_in(counter: Counter) -> None:
    """4 days stand between shares of 3.8 and 50 per cent; without a word they were read as per cent."""
    head, __, *lines = counter.done(f"-C {DATA} --today 2026-11-20 score --sort -value").lines
    assert "measured in" in head
    units = {line.split()[0]: line.split()[2] for line in lines if len(line.split()) > 2}
    assert units["L2"] == "%"
    assert (units["complaint_days"], units["satisfaction"], units["beyond"]) == ("days", "grade", "cases")


@pytest.mark.parametrize(("period", "said"), [("2026-03", "10 of 31"), ("2026", "69 of 365"), ("2026-02", "")])
def test_a_period_that_is_not_over_says_so(counter: Counter, period: str, said: str) -> None:
    """On 10 March a third of March stands beside the whole of February: a fall that is none yet.

    Rows have the days of the period, and no more words than before.
    """
    for line in (f"score --period {period} --compare", f"score show L2 --period {period}"):
        expected = [f"the period is not over: {said} days"] if said else []
        told = [one for one in counter.done(line).lines if "not over" in one]
        assert told == (expected if said or "show" not in line else [])
        assert "not over" not in counter.done(f"{line} --format csv").out


def test_names_are_those_people_know(counter: Counter) -> None:
    """On the card, and in a table that was cut, a person has a name, in a row the id."""
    assert any("ST26-0001 张敏" in line for line in counter.done("score --per person --sort -group --limit 1").lines)
    assert "for whom" not in counter.done("score --limit 1").out
    assert any(line.strip().startswith("ST26-0001 张敏") for line in counter.done("score --per person").lines)
    assert "ST26-0001" in {row["group"] for row in counter.done("score --per person --format json").json}


def test_only_what_a_law_asks_is_looked_for(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """Breaches cost more than all the rest, and reliability needs none."""

    def looked(*_asked: object) -> list[object]:
        raise AssertionError

    monkeypatch.setattr(measuring, "breaches_in", looked)
    counter.done("score --law L2")
    counter.done("score show L2 --records")


@pytest.mark.parametrize(
    ("line", "named", "remedy"),
    [
        ("score --compare", "--compare", "aftercare score --period 2026-Q1 --compare"),
        ("score --compare --period 2026-03-01..", "--compare", "aftercare score --period 2026-Q1 --compare"),
        ("score --compare --period 0001-02-01..0001-12-31", "0001-02-01", ""),
        ("score --period 2026-13", "2026-13", "2026-Q1"),
        ("score --period ''", "--period", "2026-Q1"),
        ("score --period 2026-03-02..2026-03-01", "2026-03-02..2026-03-01", ""),
        ("score --law L9", "L9", "aftercare report maker REF"),
        ("score --law l8", "L8", "aftercare score show L8"),
        ("score --law L11", "L11", ""),
        ("score --per month", "month", ""),
        ("score --fields nothing", "nothing", "value"),
        ("score --period 2026 show L2", "--period", "aftercare score show --period …"),
        ("score --compare show L2", "--compare", "aftercare score show --help"),
        ("score nonsense", "nonsense", ""),
        ("score L2", "L2", "aftercare score show L2"),
        ("score l8 --period 2026", "l8", "aftercare score show L8"),
        ("score L9", "L9", "aftercare report maker REF"),
        ("score Promises-Kept", "Promises-Kept", "aftercare score show promises_kept"),
        ("score certified_people", "certified_people", "aftercare score show certified_people"),
        ("score show", "ID", ""),
        ("score show promises", "promises", "promises_kept"),
        ("score show nosuch", "nosuch", "aftercare score --format ids"),
        ("score show repeat", "repeat", "perhaps: repeat_90, repeat_60, repeat_30"),
        ("score show trainigs", "trainigs", "perhaps: trainings"),
        ("score show L9", "L9", "aftercare report maker REF"),
        ("score show L2 --where good=no", "--where", ""),
        ("score show L2 --limit 3", "--limit goes with --records", ""),
        ("score show L2 --limit 0 --format json", "--limit goes with --records", ""),
        ("score show L2 --sort -on", "--sort goes with --records", ""),
        ("score show L8 --sort name", "--sort goes with --fields or --format", ""),
        ("score show L8 --limit 1", "--limit goes with --fields or --format", ""),
        ("score show L2 --records --where nothing=no", "nothing", "good"),
    ],
)
def test_wrong_use_is_2_and_says_what_would_do(counter: Counter, line: str, named: str, remedy: str) -> None:
    """One line, and a remedy where there is one; nothing on stdout."""
    printed = counter(line)
    assert (printed.code, printed.out) == (2, "")
    said, *more = printed.err.splitlines()
    assert named in said
    assert remedy in "".join(more)
    assert len(more) <= 1


def test_global_options_stand_anywhere(counter: Counter) -> None:
    """Before the question, before the verb and behind it."""
    expected = counter.done("--today 2026-03-08 score show L2 --format json").json
    assert expected["of"] > 0
    assert counter.done("score --today 2026-03-08 show L2 --format json").json == expected
    assert counter.done("score show L2 --format json --today 2026-03-08").json == expected


def test_help_says_what_the_verbs_are(counter: Counter) -> None:
    """In both languages."""
    assert "aftercare score --period 2026-Q1 --compare" in counter.done("score --help").out
    assert "\n  show  " in counter.done("score --help").out
    assert "aftercare score show L2 --period 2026-Q1 --records" in counter.done("score show --help --lang zh").out


def test_the_national_standard_is_told_indicator_by_indicator(counter: Counter) -> None:
    """It is no figure: a page for people, rows for machines, and no cases of its own."""
    assert counter.done("score show L8").lines[0].startswith("GB/T 27922-2011")
    rows = counter.done("score show l8 --period 2026 --format json").json
    assert {row["kind"] for row in rows} == {"standard", "group", "indicator"}
    assert all(row["id"] and row["score"] is None for row in rows)
    assert counter.done("score show L8 --format json --lang zh").out == counter.done("score show L8 --format json").out
    refused = counter("score show L8 --records")
    assert (refused.code, refused.out) == (2, "")


def test_what_is_counted_for_the_standard_alone_has_its_cases(counter: Counter) -> None:
    """Five certified people on the page of the standard: who they are can be asked, and is the same number."""
    at = f"-C {DATA} --today 2026-11-20 "
    shown = counter.done(at + "score show L8 --format json").json
    figures = {figure["id"]: figure for row in shown for figure in row["figures"]}
    for name in (one.id for one in EVIDENCE):
        row = counter.done(at + f"score show {name} --format json").json
        cases = counter.done(at + f"score show {name} --records --format json").json
        figure = figures[name]
        assert (row["law"], row["of"], row["good"], len(cases)) == ("L8", figure["of"], figure["good"], figure["of"])
        assert {tuple(case) for case in cases} == {CASE_FIELDS}
        assert all(case["good"] is None and case["why"] is None for case in cases) is (row["sort"] == "count")
    assert counter.done(at + "score show certified_people").lines[-1].endswith("score show certified_people --records")
    assert "staff" in counter.done(at + "score show certified_people --records").lines[0]
    assert "L8" not in {row["law"] for row in counter.done("score --format json").json}


def test_the_standard_may_be_sorted_where_it_is_a_list(counter: Counter) -> None:
    """Its indicators are rows in every format but on the page."""
    rows = counter.done("score show L8 --format json --sort id --limit 2").json
    assert len(rows) == 2
    assert rows[0]["id"] < rows[1]["id"]
    assert len(counter.done("score show L8 --fields id,state --limit 1").lines) == 3


def test_the_row_of_one_score_is_that_of_the_card(counter: Counter) -> None:
    """By any spelling of its name."""
    (row,) = [row for row in counter.done("score --format json").json if row["id"] == "promises_kept"]
    for name in ("promises_kept", "Promises-Kept", "ＰＲＯＭＩＳＥＳ_KEPT"):
        assert counter.done(f"score show {name} --format json").json == row


def test_the_cases_are_those_that_were_counted(counter: Counter) -> None:
    """As many, as many of them good, and each the id of a promise that there is."""
    row = counter.done("score show L2 --format json").json
    cases = counter.done("score show L2 --records --format json").json
    assert {tuple(case) for case in cases} == {CASE_FIELDS}
    assert (len(cases), sum(case["good"] for case in cases)) == (row["of"], row["good"])
    promises = {one["id"]: one["customer"] for one in counter.done("promise list --format json").json}
    assert {case["id"]: case["customer"] for case in cases}.items() <= promises.items()
    late = counter.done("score show L2 --records --where why=overdue --format json").json
    assert len(late) == row["why"]["overdue"]
    assert counter.done("score show L2 --records --where good=yes --format ids").lines == []


def test_looking_back_a_promise_kept_since_is_overdue(counter: Counter) -> None:
    """The report of the 9th can be made again: what was late that day was late, however it went since."""
    counter.done("promise keep PM26-0001")
    why = "score show promises_kept --records --where id=PM26-0001 --format json"
    (now,) = counter.done(why).json
    assert now["why"] == "late"
    (then,) = counter.done(f"--today 2026-03-10 --as-of 2026-03-10 {why}").json
    assert then["why"] == "late"
    counter.write("promises/2026/PM26-0002.yaml", "id: PM26-0002\nto: CU26-0001\nwhat: other\nwords: 回电\n"
                  "due: 2026-03-05\nbinds: told\nmade_on: 2026-03-03\nkept: {at: 2026-03-08}\n")  # fmt: skip
    again = why.replace("PM26-0001", "PM26-0002")
    (late,) = counter.done(again).json
    (overdue,) = counter.done(f"--as-of 2026-03-07 {again}").json
    assert (late["why"], overdue["why"]) == ("late", "overdue")
    (row, *__) = counter.done(f"--as-of 2026-03-07 score {L2}").json
    assert "overdue" in row["why"]
    assert "late" not in row["why"]


def test_looking_back_to_a_commit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The book as it stood then, whatever has been written since."""
    counter = under_git.opened(tmp_path / "book", capsys, monkeypatch)
    begun = under_git.git(counter.folder, "rev-parse", "HEAD")
    (before, *__) = counter.done(f"score {L2}").json
    counter.done("promise add --to CU26-0002 --what 回电话 --due 2026-03-09 --made-on 2026-03-08")
    (after, *__) = counter.done(f"score {L2}").json
    assert after["of"] == before["of"] + 1
    (then, *__) = counter.done(f"--as-of {begun} score {L2}").json
    assert then["of"] == before["of"]


def test_a_faulty_file_is_3_and_the_rest_is_counted(counter: Counter) -> None:
    """Once, on stderr, however many measures look."""
    good = counter.done("score --format json").json
    counter.write("staff/2026/ST26-0006.yaml", "id: ST26-0006\nname: a: b\n")
    printed = counter("score --format json")
    assert (printed.code, printed.json) == (3, good)
    assert len(printed.err.splitlines()) == 1
