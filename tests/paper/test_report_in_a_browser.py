"""The report in a real browser: nothing is refused or asked for, it fits a telephone, and a number opens its list.

It needs Debian's ``chromium``.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from aftercare.cli import run
from tests.report_pages import Page

DATA = Path(__file__).parents[2] / "data"
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--enable-logging=stderr", "--dump-dom"),
)
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
MEASURED = """<script>
const edge = document.body.getBoundingClientRect().width;
const wide = [...document.querySelectorAll("body *")].filter(one =>
  one.getBoundingClientRect().right > edge + 1 && !one.closest(".scroll, .unseen, .skip"));
document.body.dataset.width = edge;
document.body.dataset.wide = wide.map(one => one.tagName + "." + one.className).join(" ");
</script>"""


@pytest.fixture(params=["en", "zh"])
def page(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The report of the sample shop."""
    file = tmp_path / "report.html"
    words = ["-C", str(DATA), "--today", "2026-11-20", "--lang", request.param, "report", str(file)]
    assert run(words) == 0
    return file


def opened(url: str, folder: Path, *flags: str) -> tuple[str, list[str]]:
    """The page as the browser has it in the end, and what it wrote on its console."""
    browser = shutil.which("chromium")
    assert browser, "apt-get install chromium"
    home = folder / "browser"
    done = subprocess.run(
        [browser, *FLAGS, f"--user-data-dir={home}", *flags, url],
        env={**os.environ, "HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout, [line for line in done.stderr.splitlines() if "CONSOLE" in line]


def test_the_browser_has_nothing_to_complain_of(page: Path, tmp_path: Path) -> None:
    """What a page asks for and its policy refuses stands on the console, and so does whatever is wrong in it."""
    html, console = opened(page.as_uri(), tmp_path)
    assert console == []
    shown = Page(html)
    assert shown.figures == Page(page.read_text(encoding="utf-8")).figures
    assert shown.dangling() == []


def test_a_page_that_asks_for_something_is_seen(page: Path, tmp_path: Path) -> None:
    """The look above could have failed."""
    html = page.read_text(encoding="utf-8")
    page.write_text(html.replace("<main", '<img src="http://127.0.0.1:9/x.png"><main'), encoding="utf-8")
    __, console = opened(page.as_uri(), tmp_path)
    assert any("Content Security Policy" in line for line in console)


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_stands_out_at_the_side(page: Path, tmp_path: Path, width: int) -> None:
    """On a telephone nobody pushes the page to and fro; what is wide has its own bar to push.

    A window is never narrower than 500, at which the style is that of a telephone already, so the page is made so.
    """
    html = POLICY.sub("", page.read_text(encoding="utf-8"))
    html = html.replace("</head>", f"<style>body {{ width: {width}px; }}</style></head>")
    page.write_text(html.replace("</body>", f"{MEASURED}</body>"), encoding="utf-8")
    shown, __ = opened(page.as_uri(), tmp_path, f"--window-size={max(width, 500)},900")
    measured = re.search(r'data-width="(\d+)" data-wide="([^"]*)"', shown)
    assert measured is not None
    assert measured.groups() == (str(width), "")


def test_a_number_opens_its_list(page: Path, tmp_path: Path) -> None:
    """The lists are closed, so that the page is not a mile long; a way into one opens it."""
    html, __ = opened(f"{page.as_uri()}#figure-L2", tmp_path)
    before = html.split('id="figure-L2"')[0]
    assert re.search(r'<details open="">[^<]*<summary>(?:(?!<details).)*$', before, re.DOTALL)
    assert html.count("<details open") == 1
