"""What holds of every verdict, on cases with dates near edges."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from tests.policies.law_properties import PROPERTIES


@pytest.mark.parametrize("name", PROPERTIES)
def test_property(name: str) -> None:
    """Each property of the law engine holds, as its function says."""
    check, strategies = PROPERTIES[name]
    settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])(given(*strategies)(check))()
