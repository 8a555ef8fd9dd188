"""Papers as PDF: what the page says is on the paper, in letters that every machine has, on one sheet of A4.

These need Pango, fonts and poppler, which ``make test`` does without: ``make test-paper``.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import pytest
import zxingcpp
from PIL import Image
from weasyprint import HTML

from aftercare.book.book import Book
from aftercare.cli import run
from aftercare.language import LANGUAGES
from aftercare.records.customer import Customer
from aftercare.render.pdf import pdf_of
from tests import papers_shop
from tests.papers_shop import CODES, PAPERS

DATA = Path(__file__).resolve().parents[2] / "data"
MANY_CHECKS = 60


class Paper(NamedTuple):
    """One paper in one language, as a page of HTML and as PDF."""

    html: str
    pdf: Path

    def text(self) -> str:
        """The text on the paper in the order in which it was laid down, without blanks and line ends."""
        return _dense(_run("pdftotext", "-raw", str(self.pdf), "-"))

    def facts(self) -> dict[str, str]:
        """What ``pdfinfo`` says."""
        lines = _run("pdfinfo", str(self.pdf)).splitlines()
        return {name: value.strip() for name, __, value in (line.partition(":") for line in lines)}


def _run(*words: str) -> str:
    return subprocess.run(words, capture_output=True, check=True).stdout.decode("utf-8")


def _dense(text: str) -> str:
    return "".join(text.split()).replace("\N{SOFT HYPHEN}", "")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Prints a paper in a language, and keeps it: laying a page out takes its time."""
    with pytest.MonkeyPatch.context() as patches:
        shop = papers_shop.opened(tmp_path_factory.mktemp("shop"), patches)
        yield cache(lambda name, lang: printed(PAPERS[name], lang, shop, file=f"{name}-{lang}"))


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shop of a test's own, with something to print of every kind."""
    return papers_shop.opened(tmp_path, monkeypatch)


def printed(words: str, lang: str, folder: Path, *, file: str = "page") -> Paper:
    """What a command prints in a language, both ways."""
    for name in (f"{file}.html", f"{file}.pdf"):
        assert run(["-C", str(folder), *words.split(), str(folder / name), "--force", "--lang", lang]) == 0
    return Paper((folder / f"{file}.html").read_text(encoding="utf-8"), folder / f"{file}.pdf")


class _Texts(HTMLParser):
    """The pieces of text of a page, without its style."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.feed(page.partition("</head>")[2])
        self.close()

    def handle_data(self, data: str) -> None:
        """One piece."""
        if data.strip():
            self.found.append(data)


Desk = Callable[[str, str], Paper]
every_paper = pytest.mark.parametrize("name", PAPERS)
every_language = pytest.mark.parametrize("lang", LANGUAGES)


@every_language
@every_paper
def test_what_the_page_says_is_on_the_paper(desk: Desk, name: str, lang: str) -> None:
    """Every piece of text of the page is read back from the PDF, none is lost, cut off or garbled."""
    paper = desk(name, lang)
    text = paper.text()
    assert [piece for piece in _Texts(paper.html).found if _dense(piece) not in text] == []
    assert "\N{REPLACEMENT CHARACTER}" not in text


@every_language
@pytest.mark.parametrize(
    ("name", "facts"),
    [
        (
            "delivery",
            ["DE26-0001", "SA26-0001", "26030001", "王建国", "12100002033", "KF35-2601-0311", "王小明", "遥控器"],
        ),
        (
            "installation",
            ["IN26-0001", "张师傅", "KF35-2601-0311", "垫高外机", "怎么定时", "两包烟", "120.00"],
        ),
        ("card", ["SA26-0001/1", "晨屿电器", "KFR-35GW", "26030001", "压缩机", "漏氟", "补焊加氟", "0571-00000135"]),
        ("slip", ["CL26-0002", "不制冷", "压缩机卡缸", "CL26-0001", "补焊加氟", "移动空调MA-09"]),
        ("receipt", ["CL26-0002", "移动空调MA-09", "王建国", "空调KFR-35GW"]),
        ("late", ["SA26-0001/1/install", "王建国", "空调KFR-35GW"]),
        ("broken", ["PM26-0001", "送一台电风扇", "断货", "改送滤网两片"]),
        ("breach", ["IN26-0001/asked-for", "两包烟"]),
        ("leaflet", ["PR26-0001", "空调KFR-35GW", "晨屿电器", "0571-00000135", "压缩机", "120", "遥控器"]),
    ],
)
def test_the_facts_of_the_record_are_on_the_paper(desk: Desk, name: str, facts: list[str], lang: str) -> None:
    """Names, numbers and words stand on the paper as they stand in the records, in either language."""
    text = desk(name, lang).text()
    assert [fact for fact in facts if fact not in text] == []


@every_language
@every_paper
def test_a_paper_is_one_sheet_of_a4(desk: Desk, name: str, lang: str) -> None:
    """One page, of the size that every printer has."""
    facts = desk(name, lang).facts()
    assert facts["Pages"] == "1"
    assert facts["Page size"].endswith("pts (A4)")


@every_language
@every_paper
def test_the_longest_name_and_address_keep_to_one_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, lang: str
) -> None:
    """The longest name and the longest address of the sample shop, and all are still there."""
    customers = [one for one in Book.find(str(DATA), {}, DATA).read().records.values() if isinstance(one, Customer)]
    longest = max((one.name for one in customers), key=len)
    address = max((one.address.text or "" for one in customers if one.address), key=len)
    shop = papers_shop.opened(tmp_path, monkeypatch, name=longest, address=address)
    paper = printed(PAPERS[name], lang, shop)
    assert paper.facts()["Pages"] == "1"
    assert name in papers_shop.OF_NOBODY or _dense(longest) in paper.text()


@every_language
@pytest.mark.parametrize("name", ["installation", "to-install"])
def test_a_long_checklist_keeps_to_one_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, lang: str
) -> None:
    """Sixty items, each a whole sentence, are on one page, and none is left out."""
    paper = printed(PAPERS[name], lang, papers_shop.opened(tmp_path, monkeypatch, checks=MANY_CHECKS))
    said = "第{}处保压五分钟并用肥皂水检漏" if lang == "zh" else "holdthevacuumforfiveminutesatpoint{}"
    text = paper.text()
    assert paper.facts()["Pages"] == "1"
    assert [n for n in range(1, MANY_CHECKS + 1) if said.format(n) not in text] == []


@pytest.mark.parametrize("name", ["card", "slip", "installation"])
def test_long_texts_of_the_records_keep_to_one_sheet(shop: Path, name: str) -> None:
    """A fault told at length is printed whole, in smaller letters if need be."""
    claim = shop / "claims/2026/CL26-0002.yaml"
    story = "开机半小时以后开始滴水并且外机有金属摩擦的声音" * 8
    claim.write_text(claim.read_text(encoding="utf-8").replace("不制冷", story), encoding="utf-8")
    paper = printed(PAPERS[name], "zh", shop)
    assert paper.facts()["Pages"] == "1"
    assert name == "installation" or story in paper.text()


@every_language
@every_paper
def test_fonts_are_in_the_file(desk: Desk, name: str, lang: str) -> None:
    """The paper looks the same on a machine that has none of our fonts: each is embedded, with a way back to text."""
    __, ruler, *rows = _run("pdffonts", str(desk(name, lang).pdf)).splitlines()
    at = [match.span() for match in re.finditer(r"-+", ruler)]
    columns = [[row[start:end].strip() for start, end in at] for row in rows]
    assert columns
    assert [row for row in columns if row[3] != "yes" or row[5] != "yes"] == []


def missing_glyphs(page: str) -> int:
    """How many letters of a page no font on this machine has: they are drawn as glyph FFFF, or as 0, an empty box."""
    drawn = re.findall(rb"\[([^]]*)\] TJ", HTML(string=page).write_pdf(uncompressed_pdf=True))
    glyphs = [
        run_[at : at + 4]
        for one in drawn
        for run_ in re.findall(rb"<([0-9a-f]+)>", one)
        for at in range(0, len(run_), 4)
    ]
    assert glyphs
    return sum(glyph in {b"ffff", b"0000"} for glyph in glyphs)


@every_language
@every_paper
def test_no_letter_is_missing(desk: Desk, name: str, lang: str) -> None:
    """Every character has a glyph: no empty box stands where a letter should."""
    assert missing_glyphs(desk(name, lang).html) == 0


def test_a_missing_letter_would_be_seen() -> None:
    """The look for missing letters finds one that no font has."""
    assert missing_glyphs('<p style="font-family: Noto Sans CJK SC">a\u0378b</p>') == 1


@every_language
@every_paper
def test_the_code_is_read_from_the_paper(desk: Desk, name: str, lang: str) -> None:
    """A scanner reads the id of the record from the printed page."""
    pdf = desk(name, lang).pdf
    picture = subprocess.run(["pdftoppm", "-r", "150", "-png", str(pdf)], capture_output=True, check=True).stdout
    with Image.open(io.BytesIO(picture)) as image:
        found = [code.text for code in zxingcpp.read_barcodes(image.convert("L"))]
    assert found == [CODES[name]]


def test_a_page_that_asks_for_a_picture_gets_none() -> None:
    """Nothing is fetched: a page that names an address is printed without what is there."""
    assert pdf_of('<img src="http://127.0.0.1:9/x.png">text').startswith(b"%PDF")


def test_the_cards_of_a_sale_are_a_page_each(shop: Path) -> None:
    """A sale of two lines has two guarantee cards, and so two pages."""
    sale = shop / "sales/2026/SA26-0002.yaml"
    text = sale.read_text(encoding="utf-8")
    sale.write_text(text.replace("told:", "- {product: PR26-0001, serial: KF35-2604-0008}\ntold:"), encoding="utf-8")
    assert printed("unit card SA26-0002", "zh", shop).facts()["Pages"] == "2"


def test_labels_go_on_over_as_many_sheets_as_they_need(shop: Path) -> None:
    """Labels are cut apart, so none of them is made smaller: ten are on more than one page."""
    assert int(printed("sale label SA26-0001 --copies 10", "zh", shop).facts()["Pages"]) > 1


@every_language
def test_a_report_to_a_maker_is_whole_on_its_sheets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    """It is as long as what there is to tell: over several sheets of A4 nothing is lost, cut off or set too small."""
    folder = Path(shutil.copytree(DATA, tmp_path / "shop"))
    monkeypatch.setenv("AFTERCARE_TODAY", "2026-11-20")
    paper = printed("report maker 暖泉", lang, folder)
    text, facts = paper.text(), paper.facts()
    assert [piece for piece in _Texts(paper.html).found if _dense(piece) not in text] == []
    assert int(facts["Pages"]) > 1
    assert facts["Page size"].endswith("pts (A4)")
    assert "DSF60-2602019" in text
    assert missing_glyphs(paper.html) == 0
