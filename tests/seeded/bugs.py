"""A bug that could be written into the law engine: an exchange of some of its functions."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

VEHICLES, PHONES, EUROPE, LOCAL = "vehicles.yaml", "phones-pc-av.yaml", "eu-de-fr.yaml", "local-trade.yaml"
UK_QC, US_TW_JP, CN, SHOP = "uk-qc.yaml", "us-tw-jp.yaml", "cn.yaml", "shop.yaml"
MAKER, MADE = "maker.yaml", "made.yaml"


@dataclass(frozen=True)
class Bug:
    """A bug: what is exchanged for what, as (owner, name, another one)."""

    name: str
    exchanges: Sequence[tuple[object, str, Any]]
    near: str
    """The file of worked cases that is tried first."""
    property: str = ""
    """A property that must fall by it: none is one that always holds.  Then no case need catch it."""

    @contextlib.contextmanager
    def written_in(self) -> Iterator[None]:
        """The engine with the bug in it."""
        with contextlib.ExitStack() as stack:
            for owner, name, other in self.exchanges:
                stack.enter_context(patch.object(owner, name, other))
            yield
