"""Debian's Chromium without a window: what it logs, what it asks the network for, what it says to a screen reader."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, NamedTuple

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

Theme = Literal["light", "dark"]
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
)


class Size(NamedTuple):
    """A screen, in CSS pixels."""

    width: int
    height: int


DESKTOP, PHONE = Size(1200, 900), Size(390, 844)


class Page:
    """One file, opened."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver

    def open(self, file: Path, theme: Theme = "light", size: Size = DESKTOP) -> Page:
        """Open a file on a screen of some size, whose owner likes it light or dark."""
        scheme = [{"name": "prefers-color-scheme", "value": theme}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
        metrics = {**size._asdict(), "deviceScaleFactor": 1, "mobile": size == PHONE}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        self.logged()
        self.requested()
        self.driver.get(file.as_uri())
        return self

    def ask(self, script: str, *values: object) -> Any:
        """What a script run in the page answers."""
        return self.driver.execute_script(script, *values)

    def logged(self) -> list[str]:
        """What the console has said since it was last asked."""
        return [f"{entry['level']} {entry['message']}" for entry in self.driver.get_log("browser")]  # type: ignore[no-untyped-call]

    def requested(self) -> list[str]:
        """The addresses that were asked for since that was last asked."""
        events = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]  # type: ignore[no-untyped-call]
        return [one["params"]["request"]["url"] for one in events if one["method"] == "Network.requestWillBeSent"]

    def spoken(self) -> list[dict[str, Any]]:
        """The page as a screen reader is given it: its nodes, but for those it leaves out."""
        found = self.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})
        return [node for node in found["nodes"] if not node["ignored"]]

    def picture(self, *, whole: bool = False) -> bytes:
        """The page as PNG: what fits on the screen, or the *whole* of it."""
        import base64

        taken = self.driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": whole})
        return base64.b64decode(taken["data"])

    def printed(self) -> bytes:
        """The page as PDF, as a printer would have it."""
        import base64

        return base64.b64decode(self.driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})["data"])


@contextmanager
def chromium(profile: Path) -> Iterator[Page]:
    """A browser with an empty *profile* of its own."""
    options = Options()
    options.binary_location = "/usr/bin/chromium"
    for flag in (*_FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    try:
        driver.execute_cdp_cmd("Accessibility.enable", {})
        yield Page(driver)
    finally:
        driver.quit()
