"""With ``--lang zh`` the sample shop speaks Chinese throughout: no ASCII word of three letters or more is left over.

What may stay is what an operator types or reads in a file in any language: ids, flags, metavars, names of commands,
example lines, and the words of the shop's own files (models, serial numbers, names).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TypeAlias

import click
import pytest

from aftercare import language
from aftercare.answers import due as promised
from aftercare.answers import owed, timeline
from aftercare.answers.chosen import rules_of
from aftercare.answers.due import due
from aftercare.answers.ledger import Ledger, ledger_of
from aftercare.answers.standing import standing
from aftercare.answers.states import ENDED, OPEN
from aftercare.book.book import Book
from aftercare.book.shelf import Shelf
from aftercare.cli import root, run
from aftercare.policies import categories, load, vocabulary
from aftercare.policies.pack import Pack
from aftercare.records.claim import Claim
from aftercare.records.kinds import MODELLED
from aftercare.records.sale import Sale
from aftercare.records.schema import leaves
from aftercare.render import promises, sentences
from aftercare.render.names import names_of
from aftercare.render.records import page
from aftercare.render.rows import Choice
from tests.messages import words

DATA = Path(__file__).parent.parent / "data"
DAY = date(2026, 11, 20)
ID = re.compile(r"\b[A-Z]{2}\d\d-\d+(?:/[a-z0-9./-]+)?|\b[a-z0-9-]+/[a-z0-9.-]+\b|\b[0-9a-f]{64}\b|\([0-9a-f]{8}\)")
"""The id of a record, of a promise or a breach, of a rule; a hash."""
WORD = re.compile(r"[A-Za-z]{3,}")
Speak: TypeAlias = Callable[..., str]


@pytest.fixture(autouse=True)
def chinese(_english: None) -> None:
    """Speak Chinese here; the next test begins in English again."""
    language.use("zh")


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    """The records of the sample shop."""
    return Book(DATA).read()


@pytest.fixture(scope="module")
def ledger(shelf: Shelf) -> Ledger:
    """Its promises on its day, their reasons in Chinese."""
    language.use("zh")
    book = Book(DATA)
    return ledger_of(shelf, rules_of(book.settings, book.own_packs())[0], DAY)


@pytest.fixture(scope="module")
def packs() -> tuple[Pack, ...]:
    """The packs in force in the sample shop."""
    book = Book(DATA)
    said = book.settings
    return load.rules(book.own_packs(), country=said.country or "", region=said.region or "").packs


@pytest.fixture(scope="module")
def own(shelf: Shelf, packs: tuple[Pack, ...]) -> set[str]:
    """The ASCII words of the shop's own texts and questions, but for those that are a word of a closed list."""
    texts = (
        str(leaf.value)
        for record in shelf.records.values()
        for leaf in leaves(record)
        if not leaf.field.choices and not leaf.field.is_fact
    )
    settings = {part for part in (shelf.settings.region, "aftercare.yaml") if part}
    asked = {question.id for pack in packs if pack.issuer == "shop" for plan in pack.plans for question in plan.asks}
    known = {part for code in words() for part in code.split("_")}
    return {word for text in (*texts, *settings, *asked) for word in WORD.findall(text)} - known


@pytest.fixture
def speak(capsys: pytest.CaptureFixture[str]) -> Speak:
    """Runs a command over the sample shop, in Chinese, and gives all that it prints."""

    def spoken(*arguments: str, book: Path = DATA) -> str:
        run(["-C", str(book), "--today", DAY.isoformat(), "--lang", "zh", *arguments])
        out, err = capsys.readouterr()
        return out + err

    return spoken


def english(text: str, own: set[str] | None = None) -> list[str]:
    """The ASCII words of three letters or more that are no id and none of the shop's *own*."""
    return sorted(set(WORD.findall(ID.sub(" ", text))) - (own or set()))


@pytest.mark.parametrize(
    "arguments",
    [
        ["due", "--within", "30d"],
        ["balance"],
        ["balance", "--per", "person"],
        ["balance", "--per", "month"],
        ["promise", "list"],
        ["unit", "list"],
        ["find", "冰箱"],
        ["find", "wang"],
        ["customer", "find", "王"],
        ["product", "units", "KFR-35GW"],
        ["policy", "check"],
        *(["sale", "services", sale] for sale in ("SA26-0028", "SA26-0046")),
        *([kind, "list"] for kind in MODELLED if kind != "promise"),
    ],
    ids=" ".join,
)
def test_lists_are_chinese(speak: Speak, own: set[str], arguments: list[str]) -> None:
    """Titles and cells of every list."""
    assert english(speak(*arguments), own) == []


def test_the_commands_of_how_are_all_that_is_english(speak: Speak, own: set[str]) -> None:
    """``--how`` prints under each line the command that is to be typed, and what the next call should know."""
    lines = speak("due", "--how").splitlines()
    promises = [line for line in lines if not line.startswith("    ")]
    assert sum(line.startswith("    aftercare ") for line in lines) == len(promises)
    assert english("\n".join(line for line in lines if not line.startswith("    aftercare ")), own) == []


def test_every_record_is_a_chinese_page(shelf: Shelf, packs: tuple[Pack, ...], own: set[str]) -> None:
    """Labels and values of every field that the shop has used; a verdict names the packs by their ids."""
    ids = "|".join(re.escape(pack.id) for pack in packs)
    pages = {
        record.id: re.sub(rf"\b(?:{ids})：", " ", "\n".join(page(record, shelf))) for record in shelf.records.values()
    }
    assert {record: found for record, text in pages.items() if (found := english(text, own))} == {}


def test_every_promise_is_a_chinese_story(ledger: Ledger, shelf: Shelf, own: set[str]) -> None:
    """How promises of every state were made, moved, kept or not; its plan and its questions are named by their ids."""
    assert {promise.state for promise in ledger.promises} == {*OPEN, *ENDED}
    left = {}
    for promise in ledger.promises:
        row = promised.row(promise, ledger, DAY)
        text = "\n".join(sentences.promise_story(row, shelf)).replace(row["line"] or "—", "")
        asked = {part for question in row["asks"] for part in question["id"].split("_")}
        if found := english(text, own | asked):
            left[promise.id] = found
    assert left == {}


def test_every_unit_has_a_chinese_history(ledger: Ledger, shelf: Shelf, own: set[str]) -> None:
    """At a glance, and everything that happened with it."""
    left = {}
    for affairs in ledger.affairs.values():
        for sale in affairs.sales:
            for number in range(1, len(sale.items) + 1):
                unit = f"{sale.id}/{number}"
                found = standing(affairs, unit, DAY)
                assert found is not None
                text = [*sentences.standing(found, shelf), *sentences.timeline(timeline.of_unit(affairs, unit), shelf)]
                if english("\n".join(text), own):
                    left[unit] = english("\n".join(text), own)
    assert left == {}


def test_every_customer_has_a_chinese_timeline(ledger: Ledger, shelf: Shelf, own: set[str]) -> None:
    """Everything that happened with a customer."""
    left = {}
    for customer, affairs in ledger.affairs.items():
        text = "\n".join(sentences.timeline(timeline.of_customer(affairs), shelf))
        if found := english(text, own):
            left[customer] = found
    assert left == {}


def test_what_sales_owe_is_chinese(
    ledger: Ledger, shelf: Shelf, own: set[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The lines of ``sale owed``, and of everything due in a year."""
    rows = [promised.row(promise, ledger, DAY) for sale in shelf.of(Sale) for promise in owed.owed(ledger, sale.id)]
    rows += [promised.row(promise, ledger, DAY) for promise in due(ledger, DAY, within=timedelta(days=400))]
    promises.lines(rows, names_of(shelf), DAY, Choice())
    assert english(capsys.readouterr().out, own) == []


@pytest.mark.parametrize("arguments", [["promise", "show", "SA26-0012/1/deliver"], ["unit", "show", "SA26-0018/1"]])
def test_shows_are_chinese(speak: Speak, own: set[str], arguments: list[str]) -> None:
    """The commands themselves add nothing English to the pages."""
    assert english(speak(*arguments), own) == []


@pytest.fixture(scope="module")
def named(packs: tuple[Pack, ...]) -> set[str]:
    """The names that packs give: their own, of their sources, windows, questions and items of checklists."""
    names = [pack.id for pack in (*load.shipped(), *packs)]
    names += [text for pack in packs for key, source in pack.sources.items() for text in (key, source.where)]
    names += [window.name for pack in packs for window in pack.law.windows]
    names += [question.id for pack in packs for plan in pack.plans for question in plan.asks]
    lists = [one for pack in packs for one in pack.standards.checklists]
    names += [question.id for one in lists for question in one.asks]
    names += [text for one in lists for text in (one.follows, *(item.id for item in one.items))]
    return {word for name in names for word in WORD.findall(name)} | {"OLED"}


@pytest.mark.parametrize("what", ["空调", "洗衣机", "燃气热水器", "cn-cpl/art25", "cn-1995-general/art13-fee"])
def test_rules_are_chinese(speak: Speak, own: set[str], named: set[str], what: str) -> None:
    """A rule speaks Chinese; its id, the ids of its questions and its sources are named as its pack names them."""
    assert english(_without_names(speak("policy", "show", what)), own | named) == []


def _without_names(text: str) -> str:
    """Without the names of facts and of their values that a pack's notes ask to be filled in."""
    names = {name for fact in vocabulary.facts().values() for name in (fact.name, *fact.choices) if "_" in name}
    return re.sub(r"[a-z]+(?:_[a-z]+)+", lambda found: " " if found[0] in names else found[0], text)


def test_packs_are_chinese(speak: Speak, own: set[str], named: set[str], packs: tuple[Pack, ...]) -> None:
    """Each pack in the list, and by itself with what it leaves out."""
    assert english(speak("policy", "list"), own | named) == []
    for pack in packs:
        assert english(_without_names(speak("policy", "show", pack.id)), own | named) == []


def test_trials_of_rules_are_chinese(speak: Speak, named: set[str], tmp_path: Path) -> None:
    """What a case came to; the title and the keys of a case are its file's."""
    case = (DATA.parent / "tests" / "cases" / "cn.yaml").read_text("utf-8").partition("- id: CN-003")[0]
    file = tmp_path / "案例.yaml"
    file.write_text(case.replace("refund_7d: '2025-03-10'", "refund_7d: '2025-03-11'"), "utf-8")
    said = speak("policy", "test", str(file), "--why", "--edges")
    assert "不符（把握大）" in said
    said = re.sub(r"把握大）：.*|" + re.escape(str(file)), " ", said)
    assert english(said, named | {"until", "other", "iv"}) == []


def test_findings_are_chinese(speak: Speak, own: set[str]) -> None:
    """Every finding in Chinese between its place and code and its id and rule; what settled it too."""
    for line in speak("check", "--all").splitlines():
        place = re.match(r"\S+:\d+: [a-z0-9-]+ ", line)
        assert place
        assert english(re.sub(r"\[[^]]*\]", " ", line[place.end() :]), own) == []


def test_every_verdict_is_chinese(speak: Speak, shelf: Shelf, own: set[str], named: set[str]) -> None:
    """What the customer may have under each claim, and the whole way to it."""
    for claim in shelf.of(Claim):
        assert english(speak("claim", "check", claim.id), own) == []
        assert english(speak("policy", "explain", claim.id), own | named) == []


TWO_REPAIRS = "in=2026-09-01,out=2026-09-09,result=fixed;in=2026-10-01,out=2026-10-09,result=not_fixed"
CIRCUMSTANCES = [
    ["--found-on", "2026-07-05", "--on", "2026-07-06"],
    ["--found-on", "2026-07-05", "--on", "2026-07-06", "--channel", "online", "--goods-intact", "yes"],
    [
        "--found-on",
        "2026-11-05",
        "--same-model-available",
        "yes",
        "--repairs",
        "in=2026-10-01,out=2026-10-09,result=fixed",
    ],
    ["--found-on", "2026-11-05", "--same-model-available", "yes", "--repairs", TWO_REPAIRS],
    ["--found-on", "2026-11-05", "--same-model-available", "no", "--repairs", TWO_REPAIRS, "--unsafe", "yes"],
    ["--found-on", "2026-11-05", "--repairs", "in=2026-07-10", "--kind", "performance"],
    ["--found-on", "2026-11-05", "--exclusion", "misuse", "--exclusion", "virus"],
    ["--buyer", "business", "--fault-date-proven", "no"],
    ["--category", "手机", "--component", "电池"],
    ["--category", "电饭煲", "--notified-on", "2026-11-06"],
]


@pytest.mark.parametrize("said", CIRCUMSTANCES, ids=" ".join)
def test_verdicts_of_all_circumstances_are_chinese(
    speak: Speak, own: set[str], named: set[str], said: list[str]
) -> None:
    """Fees, exclusions, other models, what must be asked and what is not open: without a claim as with one."""
    found = speak("unit", "remedies", "SA26-0028/1", *said, "--why")
    assert re.search(r"^[✓?✗] [\u4e00-\u9fff]", found, re.MULTILINE)
    assert english(found, own | named) == []


def test_every_letter_is_chinese(speak: Speak, shelf: Shelf, own: set[str]) -> None:
    """The answer on paper, whatever it is."""
    for claim in shelf.of(Claim):
        page = re.sub(r"<style.*?</style>|<[^>]*>", " ", speak("claim", "letter", claim.id), flags=re.DOTALL)
        assert english(page, own) == []


@pytest.mark.parametrize("work", ["IN26-0008", "IN26-0019"])
def test_checklists_are_chinese(speak: Speak, own: set[str], named: set[str], work: str) -> None:
    """What belongs to an installation, by itself and on its page."""
    assert english(speak("installation", "checklist", work), own | named) == []
    assert english(speak("installation", "show", work), own | named) == []


DEEDS: list[list[str]] = [
    ["claim", "add", "--unit", "SA26-0030/1", "--found-on", "2026-11-18", "--symptom", "响", "--asked", "refund"],
    ["claim", "refuse", "CL26-0901", "repair", "--reason", "没有配件"],
    ["claim", "decide", "CL26-0901", "refund", "--reason", "老顾客"],
    ["claim", "decide", "CL26-0901", "replace", "--fact", "same-model-available=no"],
    ["claim", "lend", "CL26-0901", "电扇"],
    ["claim", "repair", "CL26-0901", "in", "--problem", "响"],
    ["claim", "repair", "CL26-0901", "wait", "--for", "电机", "--because", "no_parts_from_producer"],
    ["claim", "repair", "CL26-0901", "resume"],
    ["claim", "repair", "CL26-0901", "out", "--done", "换电机", "--result", "not_fixed"],
    ["claim", "replace", "CL26-0901", "--serial", "KF35-0909", "--used"],
    ["claim", "take-back", "CL26-0901"],
    ["claim", "close", "CL26-0901"],
    ["claim", "show", "CL26-0901"],
    ["unit", "show", "SA26-0030/1"],
    ["accept", "CL26-0901/sub-standard", "--reason", "顾客谅解"],
    ["promise", "apologise", "CL26-0901/less-than-open", "--how", "上门致歉"],
    ["installation", "tick", "IN26-0019", "试机"],
]


def test_deeds_are_told_in_chinese(speak: Speak, own: set[str], copy: Path) -> None:
    """What each verb says that it did, and what the records then look like."""
    (copy / "claims" / "2026" / "CL26-0900.yaml").write_text("removed: {on: 2026-11-19, reason: 重复}\n", "utf-8")
    for deed in DEEDS:
        said = re.sub(r"sha256:\w+|\b(?:cn-[a-z0-9-]+|maker-warranty)：|aftercare .*", " ", speak(*deed, book=copy))
        assert english(said, own) == []


def test_the_tree_of_goods_is_in_both_languages(speak: Speak) -> None:
    """Each category has its id and its English name, and nothing else that is English."""
    names = {word for node in categories.tree() for word in WORD.findall(f"{node.id} {node.en} {' '.join(node.also)}")}
    assert english(speak("policy", "categories"), names) == []


def _commands() -> Iterator[list[str]]:
    """Every command that there is, as its words."""
    waiting: list[tuple[list[str], click.Command]] = [([], root())]
    while waiting:
        path, command = waiting.pop()
        yield path
        if isinstance(command, click.Group):
            context = click.Context(command)
            found = ((name, command.get_command(context, name)) for name in command.list_commands(context))
            waiting += [([*path, name], inner) for name, inner in found if inner]


STEPS = [["claim", "repair", step] for step in ("in", "wait", "resume", "out")]


@pytest.mark.parametrize("command", sorted([*_commands(), *STEPS]), ids=" ".join)
def test_every_help_is_chinese(speak: Speak, command: list[str]) -> None:
    """What a help says is Chinese; flags, metavars, choices and the example are typed as they stand."""
    told, _, example = speak(*command, "--help").partition("\n例：\n")
    assert example
    told = re.sub(r"\[[^\]]*\]", " ", told.partition("\n")[2])
    told = re.sub(r"^  (?:[a-z][a-z-]*  |-.*?(?:  +|$))|\b[a-z]+(?=[、。])", " ", told, flags=re.MULTILINE)
    assert english(_untyped(told)) == []


def _untyped(text: str) -> str:
    """The text without what is typed as it stands: flags, metavars, commands, pairs and words of a record."""
    text = re.sub(
        r"aftercare(?: policy categories)?|--solved yes|--[a-z-]+|FILE\.metadata\.json|\b[A-Z][A-Z0-9]+\b|[a-z]+=|JSONL"
        r"|Datasette|Parquet|SQLite",
        " ",
        text,
    )
    return re.sub(r"\b(?:git|lunar|none|told|plan)\b", " ", text)


REFUSED: list[Sequence[str]] = [
    ["nonsense"],
    ["due", "--nonsense"],
    ["due", "extra"],
    ["due", "--within"],
    ["due", "--within", "xyz"],
    ["due", "--format", "xyz"],
    ["due", "--limit", "xyz"],
    ["due", "--limit", "-1"],
    ["due", "--by", "xyz"],
    ["due", "--today", "xyz"],
    ["due", "--lang", "xyz"],
    ["sale", "show"],
    ["sale", "show", "SA26-9999"],
    ["show", "王"],
    ["unit", "show", "SA26-0001/9"],
    ["unit", "show", "KFR-35GW"],
    ["promise", "show", "SA26-0001/1/xyz"],
    ["promise", "list", "--where", "xyz"],
    ["promise", "list", "--where", "xyz=1"],
    ["promise", "list", "--period", "xyz"],
    ["balance", "--period", "2026-03-02..2026-03-01"],
    ["policy", "show", "xyz"],
    ["customer", "add"],
    ["customer", "add", "--from", "/xyz"],
    ["customer", "add", "--name", "王", "--birthday", "xyz"],
    ["sale", "add", "--customer", "xyz"],
    ["sale", "add", "--customer", "CU25-0001", "--product", "PR25-0001", "--price", "xyz"],
    ["sale", "add", "--name", "王", "--customer", "CU25-0001"],
    ["sale", "set", "SA26-0012", "xyz"],
    ["sale", "set", "SA26-0012", "sold_on=xyz"],
    ["sale", "remove", "SA26-0012", "--yes"],
    ["product", "add", "--name", "机", "--category", "xyz"],
    ["delivery", "sign", "DE25-0001", "--by", "王"],
    ["delivery", "sign", "SA25-0002", "--by", "王"],
    ["promise", "keep", "SA26-0012/1/deliver"],
    ["promise", "release", "PM26-0002", "--reason", "好"],
    ["promise", "apologise", "SA26-0012/1/deliver"],
    ["promise", "add", "--to", "CU25-0001", "--what", "好"],
    ["--as-of", "2026-10-01", "promise", "apologise", "SA26-0012/1/deliver"],
    ["import", "customers", "/xyz"],
    ["accept", "SA26-0004/1/late-delivery"],
    ["accept", "xyz", "--reason", "好"],
    ["check", "xyz"],
    ["claim", "check", "CL26-9999"],
    ["claim", "check", "CL26-0005", "--why", "--on", "xyz"],
    ["claim", "decide", "CL26-0001", "xyz"],
    ["claim", "decide", "CL26-0001", "repair", "--fact", "xyz=1"],
    ["claim", "decide", "CL26-0001", "repair", "--fact", "severity=xyz"],
    ["claim", "decide", "CL26-0005", "replace"],
    ["claim", "letter", "CL26-9999"],
    ["claim", "lend", "CL26-0001"],
    ["claim", "refund", "CL26-0001", "--amount", "xyz"],
    ["claim", "replace", "CL26-0006", "--serial", "KF35-2605-0311"],
    ["claim", "repair", "CL26-0006", "xyz"],
    ["claim", "repair", "CL26-0006", "out", "--done", "好", "--result", "fixed"],
    ["claim", "repair", "CL26-0006", "resume"],
    ["claim", "take-back", "CL26-0001"],
    ["delivery", "make-good", "DE26-0001", "--how", "好"],
    ["installation", "checklist", "xyz"],
    ["policy", "explain", "CL26-9999"],
    ["policy", "test", "/xyz"],
    ["sale", "services", "SA26-9999"],
    ["unit", "remedies", "SA26-0028/1", "--found-on", "2027-01-01"],
    ["unit", "remedies", "SA26-0028/1", "--on", "2026-01-01"],
    ["unit", "remedies", "SA26-0028/1", "--kind", "xyz"],
    ["unit", "remedies", "SA26-0028/1", "--category", "xyz"],
    ["unit", "remedies", "SA26-0028/1", "--price", "xyz"],
    ["unit", "remedies", "SA26-0028/1", "--odometer-km", "xyz"],
    ["unit", "remedies", "SA26-0028/1", "--unsafe", "xyz"],
    ["unit", "remedies", "SA26-0028/1", "--repairs", "xyz"],
    ["unit", "remedies", "SA26-0028/1", "--repairs", "in=xyz"],
    ["unit", "remedies", "SA26-0028/1", "--repairs", "in=2026-08-01,result=xyz"],
    ["unit", "remedies", "SA26-0028/1", "--warranty", "xyz=1"],
    ["unit", "remedies", "SA26-0028/1", "--exclusion", "xyz"],
    ["unit", "remedies", "SA26-0028/1", "--deliveries", "[{"],
]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample shop, for commands that write."""
    return Path(shutil.copytree(DATA, tmp_path_factory.mktemp("book") / "店"))


@pytest.mark.parametrize("arguments", REFUSED, ids=" ".join)
def test_errors_are_chinese(speak: Speak, own: set[str], copy: Path, arguments: list[str]) -> None:
    """An error is in Chinese, but for what was typed and what is to be typed."""
    said = speak(*arguments, book=copy)
    assert re.match(r"aftercare: .*[\u4e00-\u9fff]", said)
    typed = {word for argument in arguments for word in WORD.findall(argument)}
    typed |= {name for command in _commands() for name in command}
    assert english(_untyped(_without_choices(said)), own | typed) == []


def _without_choices(text: str) -> str:
    """Without lists of what may be typed, which stand in quotes or after a colon at the end of a line."""
    return re.sub(r"'[^']*'|(?:(?:可选之列|现有|相近的有|应写)：|(?:只能是|可用的有) ).*", " ", text)


BROKEN = ("name: a: b", "name: [1", "x", "- a", "name: 'a", "name: a\n\tb: c", "a: &x b", "", "- a\nb: c", "name: @a")


def test_a_broken_file_is_told_of_in_chinese(speak: Speak, tmp_path: Path) -> None:
    """File, line and code stand in any language, the sentence after them in Chinese."""
    (tmp_path / "aftercare.yaml").write_text("language: zh\ngit: no\n", "utf-8")
    (tmp_path / "customers" / "2026").mkdir(parents=True)
    for number, text in enumerate(BROKEN, 1):
        (tmp_path / "customers" / "2026" / f"CU26-{number:04}.yaml").write_text(text, "utf-8")
    found = speak("check", book=tmp_path).splitlines()
    assert len(found) == len(BROKEN)
    said = [re.sub(r"^\S+:\d+: [a-z0-9-]+ ", "", line) for line in found]
    assert english("\n".join(said), {"name", "YAML"}) == []


ODD = [{"LC_ALL": "xx_YY"}, {"LANG": "C"}, {"LC_ALL": "zh_CN.GBK"}, {"LANG": "zh_CN.UTF-8", "PYTHONUTF8": "0"}]


@pytest.mark.parametrize("locale", ODD, ids=str)
def test_no_locale_makes_it_crash(locale: dict[str, str]) -> None:
    """Whatever the locale says, the output is UTF-8 and the command does what it was asked."""
    told = _subprocess(["-C", str(DATA), "--today", "2026-11-20", "due", "--lang", "zh"], locale)
    assert (told.returncode, told.stderr) == (0, b"")
    assert "逾期" in told.stdout.decode("utf-8")


@pytest.mark.parametrize(
    "arguments", [["--lang", "zh", "due", "--bad"], ["due", "--bad", "--lang", "zh"], ["due", "--lang=zh", "--bad"]]
)
def test_wrong_usage_is_answered_in_the_language_asked_for(arguments: list[str]) -> None:
    """``--lang zh`` holds wherever it stands, for the sentences of the command-line library too."""
    told = _subprocess(arguments, {"LANG": "C"})
    assert (told.returncode, told.stdout) == (2, b"")
    assert told.stderr.decode("utf-8").startswith("aftercare: 没有选项 '--bad'。")


def _subprocess(arguments: Sequence[str], locale: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    command = [sys.executable, "-m", "aftercare", *arguments]
    return subprocess.run(command, capture_output=True, env={**kept, **locale}, cwd=DATA.parent, check=False)
