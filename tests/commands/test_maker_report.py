"""``report maker``: as text, as JSON and as a page; of nobody by name, whatever the book holds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from aftercare.answers.personal import known_by, own_words
from aftercare.book.book import Book
from aftercare.records.customer import Customer
from aftercare.records.product import Product
from tests import counter as small_shop
from tests.attacks.payloads import TAKEN, acted
from tests.attacks.test_papers import KINDS, Page
from tests.counter import Counter

DATA = Path(__file__).resolve().parents[2] / "data"
COOLER = "PR26-0001"
MAKER = "华风电器"


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop, whose air conditioners are of one maker."""
    made = small_shop.opened(tmp_path / "book", capsys, monkeypatch)
    made.done(f"product set {COOLER} maker={MAKER}")
    return made


@pytest.fixture
def sample(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """A copy of the sample shop, on its day."""
    folder = Path(shutil.copytree(DATA, tmp_path / "shop"))
    small_shop.at_the_counter(folder, monkeypatch)
    monkeypatch.setenv("AFTERCARE_TODAY", "2026-11-20")
    return Counter(folder, capsys)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("fmt", ["table", "json", "html"])
def test_no_customer_is_told_to_any_maker(sample: Counter, fmt: str, lang: str) -> None:
    """No name, phone or address of any customer of the sample shop, and no id of one, in any report of any maker.

    What 吕秋菊 saw was told to the maker under her name; the report says it without.
    """
    shelf = Book.find(str(sample.folder), {}, sample.folder).read()
    theirs = [known_by(one) for one in shelf.of(Customer)]
    theirs.append(own_words(record for record in shelf.records.values() if not isinstance(record, Product)))
    makers = {product.maker for product in shelf.of(Product) if product.maker}
    assert makers
    for maker in makers:
        said = sample.done(f"report maker {maker} --format {fmt} --lang {lang}").out
        assert [words.names for words in theirs if words.are_in(said)] == []
        assert "CU2" not in said
    assert "…家三只里一只" in sample.done(f"report maker 暖泉 --format {fmt} --lang {lang}").out


def test_the_report_reads_from_the_dangers_down(counter: Counter) -> None:
    """The units and their faults with serial numbers, the words without who said them, what the maker was told."""
    counter.done("claim set CL26-0001 fault.symptom=王建军家不制冷 fault.component=压缩机 fault.severity=safety")
    counter.done("product tell-maker KFR-35 --what 压缩机一起")
    counter.done(f"wish add --customer 王建国 --about {COOLER} --words 遥控器字大一点 --theme 遥控器")
    assert counter.done(f"report maker {MAKER}").lines == [
        "Report to 华风电器",
        "阳光家电 up to 2026-03-10",
        "",
        "At a glance",
        "2026-03-08 空调 KFR-35: unsafe fault:",
        "  …家不制冷",
        "  Unit SA25-0009/1; Serial number KF25-001; Part 压缩机; Made safe not yet; You were told with this report; "
        "Record CL26-0001",
        "All products:",
        "  product                  units sold  in service  faults of units sold    wishes  waits for your answer",
        "  空调 KFR-35 (PR26-0001)  3           3           1 of 3, too few to say  1       1",
        "",
        "空调 KFR-35 (PR26-0001)",
        "Units sold 3; In service 3; Faults of units sold 1 of 3, too few to say; "
        "Faults for every 100 unit-months in service 9.3 (95 %: 0.1 to 51.6); Wishes 1",
        "By part:",
        "  part    faults of units sold",
        "  压缩机  1 of 3, too few to say",
        "Faults one by one:",
        "  day         unit, serial number, batch  in use     part    words      how grave  record",
        "  2026-03-08  SA25-0009/1 KF25-001        10 months  压缩机  …家不制冷  safety     CL26-0001",
        "What you were told, and answered:",
        "  day         what        your answer    record",
        "  2026-03-10  压缩机一起  no answer yet  PR26-0001",
        "Wishes by theme:",
        "  theme   2026-03  in all",
        "  遥控器  1        1",
        "Wishes in the customers' words:",
        "  day         theme   kind  words           how far             record",
        "  2026-03-10  遥控器  wish  遥控器字大一点  you hear of it now  WI26-0001",
        "",
        "Units sold and in service are counted up to the last day; a rate is faults for every hundred units sold.",
        "Who the customers are is not told; “…” stands where their words named somebody.",
    ]


def test_machines_read_one_object_of_products(counter: Counter) -> None:
    """The same fields whatever the language; each product by its id, each fault by its claim."""
    found = counter.done(f"report maker {MAKER} --format json").json
    assert (found["maker"], found["from"], found["to"], found["dangers"]) == (MAKER, None, "2026-03-10", [])
    (product,) = found["products"]
    assert (product["id"], product["sold"], product["faults"], product["rate"]) == (COOLER, 3, 1, None)
    of_the_file = counter.done("product quality KFR-35 --format json").json
    same = ("sold", "in_service", "faults", "rate", "unit_months", "per_100_unit_months", "low", "high")
    assert [product[name] for name in same] == [of_the_file[name] for name in same]
    (fault,) = product["faults_noted"]
    assert (fault["id"], fault["unit"], fault["serial"], fault["months"]) == (
        "CL26-0001",
        "SA25-0009/1",
        "KF25-001",
        10,
    )
    assert counter.done(f"report maker {MAKER} --format json --lang zh").json == found


def test_what_was_not_known_yet_is_not_told(counter: Counter) -> None:
    """A past day knows no later fault, and a period counts its own."""

    def counted(flags: str) -> tuple[int, int]:
        (product,) = counter.done(f"report maker {MAKER} --format json {flags}").json["products"]
        return product["sold"], product["faults"]

    assert counted("--as-of 2026-03-03") == (2, 0)
    assert counted("--period 2026-02") == (1, 0)
    assert counted("--period 2026-Q1") == (3, 1)


def test_where_there_is_nothing_that_is_said(counter: Counter) -> None:
    """A product that was not sold, a quiet period, a time to come: a sentence each, and no empty table."""
    counter.done("product add --name 风扇 --category 电风扇 --maker 北汀")
    text = counter.done("report maker 北汀").out
    assert "None was noted." in text
    assert "None of it was sold by 2026-03-10." in text
    assert "Nothing was noted of it in this time." in counter.done(f"report maker {MAKER} --period 2026-02").out
    ahead = counter.done(f"report maker {MAKER} --period 2027")
    assert ahead.lines[1:5] == ["阳光家电 from 2027-01-01", "", "At a glance", "The time asked about has not begun."]


def test_which_maker_is_meant(counter: Counter) -> None:
    """A part of the name is enough, and is echoed; an unknown one is answered with those there are."""
    counter.done("product set PR26-0002 maker=华北家具")
    assert counter.done("report maker 华风").err == f"华风 = {MAKER}\n"
    several, unknown = counter("report maker 华"), counter("report maker 晨屿")
    assert (several.code, several.err.splitlines()[1:]) == (4, ["华北家具", MAKER])
    assert (unknown.code, unknown.err.splitlines()[1:]) == (4, [f"there are: 华北家具, {MAKER}"])
    assert counter(f"report maker {MAKER} --product 折叠椅").code == 2
    assert counter.done(f"report maker {MAKER} --product KFR-35 --format json").json["products"][0]["id"] == COOLER
    counter.done(f"product set {COOLER} maker=")
    counter.done("product set PR26-0002 maker=")
    assert "aftercare product set REF maker=NAME" in counter(f"report maker {MAKER}").err


def test_the_page_goes_where_papers_go(counter: Counter) -> None:
    """Into a file, not over one that is there; a table goes into none.  What is to be noted of it is on stderr."""
    counter.done(f"wish add --customer 王建国 --about {COOLER} --words 字大一点")
    counter.done("claim set CL26-0001 fault.severity=safety")
    printed = counter.done(f"report maker {MAKER} report.html --lang zh")
    page = (counter.folder / "report.html").read_text(encoding="utf-8")
    assert printed.out == ""
    assert '<html lang="zh-CN">' in page
    assert "aftercare claim tell-maker CL26-0001 --how …" in printed.err
    assert f"aftercare product tell-maker {COOLER} --what …" in printed.err
    assert f"aftercare wish pass-on WI26-0001 --to '{MAKER}'" in printed.err
    assert counter(f"report maker {MAKER} report.html").code == 5
    assert counter(f"report maker {MAKER} x.json --format json").code == 2
    for name in ("m.json", "m.txt", "m"):  # a page of HTML lay in them, which no program read as what it was called
        refused = counter(f"report maker {MAKER} {name}")
        assert (refused.code, refused.err.splitlines()[-1]) == (
            2,
            f"aftercare: {name} ends in none of .html, .htm, .pdf",
        )
        assert not (counter.folder / name).exists()
    counter.done(f"report maker {MAKER} m.HTM")
    counter.done(f"report maker {MAKER} m --format html")
    assert counter.done(f"report maker {MAKER} -").out.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_on_the_page_acts(counter: Counter, kind: str) -> None:
    """A symptom that is a script would run at the maker's, and under the shop's name."""
    said = TAKEN[kind]
    counter.done("claim set CL26-0001 fault.severity=safety", f"fault.symptom={said}", f"fault.component={said}")
    counter.done(f"product set {COOLER}", f"name={said}")
    counter.done(f"wish add --customer 王建国 --about {COOLER}", "--words", said, "--theme", said)
    page = Page(counter.done(f"report maker {MAKER} --format html").out)
    assert list(page.active()) == []
    assert any(said.split("\n")[0].split()[0] in text for text in page.text)
    assert acted(counter.done(f"report maker {MAKER}").out.replace("\n", "")) == []


def test_a_line_of_a_customer_forges_none_of_ours(counter: Counter) -> None:
    """Words with a line break are one line on the screen: nobody writes a danger into the report of another."""
    counter.done("claim set CL26-0001 fault.severity=safety", "fault.symptom=漏电\nAll products:")
    assert counter.done(f"report maker {MAKER}").lines.count("All products:") == 1
