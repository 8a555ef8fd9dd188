"""Every paper: as HTML, in the language asked for, with or without the extras, and where it goes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from aftercare.cli import run
from aftercare.render import pdf, qr
from tests import papers_shop
from tests.papers_shop import CODES, PAPERS
from tests.the_index import but_for_it


@pytest.fixture(autouse=True)
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shop that prints."""
    return papers_shop.opened(tmp_path, monkeypatch)


@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_has_its_code_and_speaks_both_languages(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The id stands under a drawing; nothing is said beside the page."""
    for lang, tag in (("en", "en"), ("zh", "zh-CN")):
        assert run([*PAPERS[name].split(), "--lang", lang]) == 0
        printed = capsys.readouterr()
        assert f'<html lang="{tag}">' in printed.out
        assert f'<figcaption class="code">{CODES[name]}</figcaption>' in printed.out
        assert '<path d="M0 0h7v1h-7z' in printed.out
        assert "DE26-0001 " not in printed.err


def test_without_the_extra_the_id_stands_alone_and_it_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The page is made all the same; one line says how to have the code."""
    monkeypatch.setattr(qr, "is_drawn", lambda: False)
    assert run(["claim", "slip", "CL26-0002"]) == 0
    printed = capsys.readouterr()
    assert "<svg" not in printed.out
    assert '<figure class="qr bare">' in printed.out
    assert printed.err == "without a QR code, which needs an extra: pip install 'aftercare-book[paper]'\n"


@pytest.mark.parametrize("line", ["slip.pdf", "slip.PDF", "slip.html --format pdf", "- --format pdf"])
def test_without_the_other_extra_pdf_is_refused(
    line: str, shop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, with the two ways out; nothing is written."""
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    assert run(["claim", "slip", "CL26-0002", *line.split()]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "pip install 'aftercare-book[pdf]'" in printed.err
    assert "browser" in printed.err
    assert not [path for path in shop.iterdir() if path.name.startswith("slip")]


def test_the_ending_decides_unless_a_format_is_named(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``.pdf`` is PDF, anything else HTML; ``--format`` wins over the name."""
    monkeypatch.setattr(pdf, "pdf_of", lambda page: b"%PDF " + page[:15].encode())
    for words, is_pdf in (
        ("a.pdf", True),
        ("b.htm", False),
        ("c.txt --format pdf", True),
        ("d.pdf --format html", False),
    ):
        assert run(["claim", "slip", "CL26-0002", *words.split()]) == 0
        assert (shop / words.split()[0]).read_bytes().startswith(b"%PDF") is is_pdf


def test_pdf_is_no_answer_on_a_screen(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Bytes on a terminal help nobody."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert run(["claim", "slip", "CL26-0002", "--format", "pdf"]) == 2
    assert "FILE" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("installation sheet SA26-0001", 5),
        ("installation sheet IN26-0099", 4),
        ("unit card SA26-0001/2", 4),
        ("unit card SA26-0099", 4),
        ("claim slip CL26-0099", 4),
        ("claim receipt CL26-0001", 5),
        ("promise apology SA26-0001/1/deliver", 5),
        ("promise apology SA26-0001/1/nothing", 4),
        ("promise apology IN26-0001/unopened", 4),
        ("unit card SA26-0001/1 --format csv", 2),
        ("claim slip", 2),
    ],
)
def test_what_cannot_be_printed_prints_nothing(line: str, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    """No such record is 4, nothing to print 5, wrong use 2; stdout stays empty."""
    assert run(line.split()) == code
    assert capsys.readouterr().out == ""


def test_a_sale_has_a_card_for_each_line_that_the_customer_still_has(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was paid back is left out, and refused only where it is all there was."""
    sale = shop / "sales/2026/SA26-0001.yaml"
    text = sale.read_text(encoding="utf-8").replace("told:", "- {product: PR26-0001, serial: KF-2}\ntold:")
    sale.write_text(text, encoding="utf-8")
    assert run(["unit", "card", "SA26-0001"]) == 0
    assert capsys.readouterr().out.count('<main class="paper">') == 2
    with (shop / "claims/2026/CL26-0001.yaml").open("a", encoding="utf-8") as file:
        file.write("decisions: [{on: 2026-04-10, remedy: refund}]\nrefunded: {on: 2026-04-10, amount: 2899}\n")
    assert run(["unit", "card", "SA26-0001"]) == 0
    assert capsys.readouterr().out.count('<main class="paper">') == 1
    assert run(["unit", "card", "SA26-0001/1"]) == 5


def test_a_letter_says_our_word_only_where_we_gave_it(capsys: pytest.CaptureFixture[str]) -> None:
    """What a plan of our own promised was never said to the customer."""
    for ref, said in (
        ("SA26-0001/1/install", "our word"),
        ("PM26-0001", "our word"),
        ("IN26-0001/asked-for", "serve you"),
    ):
        assert run(["promise", "apology", ref]) == 0
        assert said in capsys.readouterr().out
    assert run(["promise", "apology", "SA26-0001/1/call-back.1"]) == 0
    page = capsys.readouterr().out
    assert "our word" not in page
    assert "set ourselves" in page


def test_printing_writes_nothing_in_the_book(shop: Path) -> None:
    """Reads write no record."""
    before = {path: path.read_bytes() for path in shop.rglob("*") if path.is_file()}
    for words in PAPERS.values():
        assert run(words.split()) == 0
    assert {path: path.read_bytes() for path in but_for_it(shop.rglob("*")) if path.is_file()} == before
