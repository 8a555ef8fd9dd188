"""The reports that are looked at: those of the sample shop, on a day that stays."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.browser.chromium import Theme

ROOT = Path(__file__).resolve().parent.parent.parent
DAY = "2026-11-20"
PERIOD = "2025-12-01..2026-11-20"
LANGUAGES = ("zh", "en")
THEMES: tuple[Theme, ...] = ("light", "dark")


def answer(*words: str, language: str = "en") -> str:
    """What a command says of the sample shop on its day."""
    environment = {**os.environ, "AFTERCARE_TODAY": DAY, "AFTERCARE_LANG": language, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "aftercare", "-C", str(ROOT / "data"), *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def reports(folder: Path) -> dict[str, Path]:
    """The report of the sample shop in each language, as files in a *folder*."""
    found = {language: folder / f"{language}.html" for language in LANGUAGES}
    for language, file in found.items():
        file.write_text(answer("report", "--period", PERIOD, language=language), encoding="utf-8")
    return found
