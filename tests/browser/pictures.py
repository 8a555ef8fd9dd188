"""The report's pictures in the README, taken anew: ``python -m tests.browser.pictures``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.browser.chromium import DESKTOP, PHONE, chromium
from tests.browser.shown import LANGUAGES, ROOT, THEMES, reports

PICTURES = ROOT / "docs" / "pictures"


def main() -> int:
    """Each language, light and dark: the scorecard on a desk, and the beginning of the page on a phone."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="aftercare-pictures-") as scratch:
        files = reports(Path(scratch))
        with chromium(Path(scratch) / "profile") as page:
            for language in LANGUAGES:
                for theme in THEMES:
                    for name, size in (("desk", DESKTOP), ("phone", PHONE)):
                        page.open(files[language], theme, size)
                        if size == DESKTOP:
                            page.ask("document.getElementById('score').scrollIntoView()")
                        (PICTURES / f"report-{language}-{theme}-{name}.png").write_bytes(page.picture())
    return 0


if __name__ == "__main__":
    sys.exit(main())
