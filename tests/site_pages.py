"""What the site is built from: the pages as they lie in the project, so that every link between them holds there too.

A hook of MkDocs (``mkdocs.yml``).  It copies the pages into a scratch folder, with each file that one of them links to;
a link to a folder of sessions leads to a list of them.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("*.md", "docs/*.md", "docs/pictures/*", "data/README.md", "tests/sessions/*.md")
_LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
_TO_FOLDER = re.compile(r"\[([^]]+)\]\((?!https?:|#)([^)#]+)\)")
_FETCHED = re.compile(
    r"<(?:script|img|iframe|link(?! rel=\"canonical\"))\b[^>]*\b(?:src|href)=\"(?:https?:)?//[^\"]*", re.IGNORECASE
)
_PROSE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Lay the pages out beside the site, and build from there."""
    folder = Path(config.site_dir).with_name("pages")
    shutil.rmtree(folder, ignore_errors=True)
    lay_out(folder)
    config.docs_dir = str(folder)
    return config


def on_post_page(output: str, **given: object) -> str:
    """A page that would fetch anything from elsewhere is not built."""
    fetched = _FETCHED.findall(output)
    if fetched:
        raise SystemExit(f"{given['page']} fetches {fetched}")
    return output


def lay_out(folder: Path) -> None:
    """Copy every page, and every file of the project that a page links to."""
    for page in sorted(page for pattern in PAGES for page in ROOT.glob(pattern)):
        at = page.relative_to(ROOT)
        _copy(at, folder)
        if page.suffix == ".md":
            for target in _LINK.findall(_PROSE.sub("", page.read_text(encoding="utf-8"))):
                linked = (page.parent / unquote(target)).resolve()
                if linked.is_file() and linked.is_relative_to(ROOT):
                    _copy(linked.relative_to(ROOT), folder)
    sessions = sorted((ROOT / "tests" / "sessions").glob("*.md"))
    listed = [f"- [{_title(page)}]({page.name})" for page in sessions]
    (folder / "tests" / "sessions" / "README.md").write_text(
        "\n".join(["# Sessions", "", *listed, ""]), encoding="utf-8"
    )


def _title(page: Path) -> str:
    found = re.search(r"^# (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return f"{page.stem}: {found[1]}" if found else page.stem


def _copy(at: Path, folder: Path) -> None:
    """A file to its place; in a page, a link to the sessions is one to their list, and other folders are only named."""
    to = folder / at
    to.parent.mkdir(parents=True, exist_ok=True)
    if to.suffix != ".md":
        shutil.copyfile(ROOT / at, to)
        return

    def led(link: re.Match[str]) -> str:
        target = ROOT / at.parent / link[2]
        if not target.is_dir():
            return link[0]
        return f"[{link[1]}]({link[2].rstrip('/')}/README.md)" if target.name == "sessions" else link[1]

    to.write_text(_TO_FOLDER.sub(led, (ROOT / at).read_text(encoding="utf-8")), encoding="utf-8")
