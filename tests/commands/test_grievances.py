"""Complaints that a contact opens: in the same command, told apart from the contact's own id."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter

CALL = "visit add --about SA25-0009/1 --purpose call_back --outcome reached --by 张敏"


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop."""
    return small_shop.opened(tmp_path / "book", capsys, monkeypatch)


def test_a_low_grade_opens_a_complaint_in_the_customers_words(counter: Counter) -> None:
    """Stdout is the contact's id alone; stderr says what was opened; the record names the contact."""
    printed = counter.done(CALL, "--satisfaction", "2", "--heard", "态度差")
    assert printed.out == "VI26-0002\n"
    assert "opened complaint CO26-0001" in printed.err
    assert counter.text("CO26-0001") == (
        "id: CO26-0001\ncustomer: CU25-0007\nabout: [SA25-0009/1]\nreceived_at: 2026-03-10\nchannel: phone\n"
        "what: 态度差\nby: ST26-0001\nheard_in: VI26-0002\n"
    )


def test_json_has_what_was_opened(counter: Counter) -> None:
    """Always both lists, empty where nothing was."""
    assert counter.done(CALL, "--answer", "gifts=要了烟", "--format", "json").json["opened"] == ["CO26-0001"]
    found = counter.done(CALL, "--satisfaction", "3", "--format", "json").json
    assert (found["opened"], found["reopened"]) == ([], [])


def test_it_can_be_turned_off_and_files_open_nothing(counter: Counter) -> None:
    """``--no-complaint`` for this once; records that are brought in whole say what they say."""
    counter.done(CALL, "--satisfaction", "1", "--no-complaint")
    counter.write("v.yaml", "customer: CU25-0007\nchannel: phone\npurpose: other\nat: 2026-03-09\noutcome: reached\n"
                            "satisfaction: 1\n")  # fmt: skip
    counter.done("visit add --from v.yaml")
    assert counter.done("complaint list --format json").json == []


def test_about_a_complaint_that_was_resolved_it_comes_back(counter: Counter) -> None:
    """While it is open nothing more is written; once resolved the same one is reopened, by this contact."""
    counter.done("complaint add --customer CU25-0007 --what 漏水")
    about = "visit add --about CO26-0001 --outcome reached --satisfaction 1 --heard 又漏 --format json"
    assert counter.done(about).json["reopened"] == []
    counter.done("complaint resolve 1 --how 换管")
    assert counter.done(about).json["reopened"] == ["CO26-0001"]
    assert "reopened:\n- {at: 2026-03-10, reason: 又漏, heard_in: VI26-0003}\n" in counter.text("CO26-0001")
    assert len(counter.done("complaint list --format json").json) == 1


def test_both_are_written_or_neither(counter: Counter) -> None:
    """A contact that cannot be written opens nothing."""
    files = counter.files()
    assert counter(CALL, "--satisfaction", "1", "--at", "2026-03-11").code == 5
    assert counter.files() == files
