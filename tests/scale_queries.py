"""The queries of ``docs/scale.md`` as they stand there, and what the commands say to the same questions."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from tests.drawn_tables import ROOT

PAGE = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
TODAY = "2026-11-20"
QUERIES = {
    name: query.replace("current_date", f"DATE '{TODAY}'")
    for name, query in re.findall(r"<!-- (\w+) -->\n```sql\n(.*?)```", PAGE, re.DOTALL)
}
VIEWS = re.findall(r"^CREATE VIEW .*?;$", PAGE, re.MULTILINE)
COUNTED = ("what", "made", "kept", "kept_late", "broken", "released", "void", "open")


def answers(ask: Callable[..., str], shop: str) -> dict[str, list[tuple[Any, ...]]]:
    """What ``balance``, ``promise list`` and ``score`` say; *ask* runs a command and gives its output."""
    balance = [row for row in json.loads(ask("balance", "--format", "json")) if row["what"]]
    promises = json.loads(ask("promise", "list", "--format", "json"))
    scores = {row["id"]: row for row in json.loads(ask("score", "--format", "json"))}
    states = [promise["state"] for promise in promises]
    shares = {name: [(shop, scores[name]["good"], scores[name]["of"])] for name in ("promises_kept", "on_time_in_full")}
    grades = [int(row["satisfaction"]) for row in _visits(ask) if row["satisfaction"] is not None]
    assert len(grades) == scores["satisfaction"]["of"]
    return {
        "balance": sorted((shop, *(row[name] for name in COUNTED)) for row in balance),
        "open": sorted((shop, one, states.count(one)) for one in {"waiting", "due", "overdue"} & set(states)),
        "satisfaction": [(shop, sum(grades), len(grades))],
        **shares,
    }


def _visits(ask: Callable[..., str]) -> Any:
    return json.loads(ask("visit", "list", "--format", "json"))
