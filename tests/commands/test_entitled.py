"""``sale services``, the hint of ``sale add``, and the checklists of installations."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop."""
    return small_shop.opened(tmp_path / "book", capsys, monkeypatch)


def test_services_are_said_line_by_line_with_their_reason(counter: Counter) -> None:
    """One line for each service under its unit; what is not known names the field and the record."""
    assert counter.done("sale services SA26-0001").lines == [
        "SA26-0001/1 王建国 空调 KFR-35",
        "  home delivery: yes, it weighs 38.5 kg (delivery-standard/heavy)",
        "  installation at home: yes, it needs a fitter (installation-standard/by-category)",
    ]
    assert counter.done("sale services SA26-0002").lines[:2] == [
        "SA26-0002/1 单雪梅 折叠椅",
        "  home delivery: yes, 11 pieces bought at once (delivery-standard/large-order)",
    ]
    counter.done("sale add --customer 单雪梅 --product 折叠椅 --price 58")
    asked = counter.done("sale services SA26-0003").lines[1]
    for field in ("weight kg of PR26-0002", "bulky of PR26-0002", "distance km of CU26-0002"):
        assert field in asked
    assert asked.startswith("  home delivery: not known")


def test_services_as_json_hold_every_field(counter: Counter) -> None:
    """What decided, its value and record, and the sources; null where nothing did, lists even when empty."""
    heavy, fitted = counter.done("sale services SA26-0001 --format json").json
    assert heavy == {
        "id": "SA26-0001/1",
        "service": "home_delivery",
        "state": "yes",
        "because": {"fact": "weight_kg", "value": 38.5, "least": 20, "record": "PR26-0001", "field": "weight_kg"},
        "line": "delivery-standard/heavy",
        "missing": [],
        "cite": ["who", "who-too", "OWN"],
    }
    assert (fitted["service"], fitted["because"]["value"], fitted["because"]["least"]) == ("installation", True, None)
    counter.done("sale add --customer 单雪梅 --product 折叠椅 --price 58")
    unknown = counter.done("sale services SA26-0003 --format json").json[0]
    assert (unknown["state"], unknown["because"]) == ("unknown", None)
    assert {"record": "CU26-0002", "field": "address.distance_km"} in unknown["missing"]


def test_services_in_chinese(counter: Counter) -> None:
    """Whatever the language, the line that says so is named."""
    assert "delivery-standard/heavy" in counter.done("sale services SA26-0001 --lang zh").out


def test_a_sale_that_comes_with_delivery_says_so_when_none_was_promised(counter: Counter) -> None:
    """One line on stderr, within its width; silent where a time was told, it was taken home, or nothing is due."""
    add = "sale add --customer 单雪梅 --item product=PR26-0001,price=3299"
    said = [line for line in counter.done(add).err.splitlines() if "due free of charge" in line]
    assert said == ["SA26-0003/1: home delivery is due free of charge, it weighs 38.5 kg (delivery-standard/heavy)"]
    assert max(map(len, said)) <= 100
    for silent in (f"{add} --deliver-by tomorrow", f"{add},taken=yes", "sale add --customer 2 --product 2 --price 58"):
        assert "free of charge" not in counter.done(silent).err


def test_the_checklist_is_shown_with_what_was_ticked(counter: Counter) -> None:
    """Under the record, and by a verb of its own, which machines read; the record's JSON stays what ``add`` takes."""
    counter.done("installation add --sale SA26-0001")
    ticked = counter.done("installation tick SA26-0001 抽真空15分钟 leak_test 打孔")
    assert "on no checklist of IN26-0001, kept all the same: 打孔" in ticked.err
    page = counter.done("installation show IN26-0001").lines
    assert (
        "  checklist Air conditioner (installation-standard/air-conditioner), follows: SB/T 10541-2009, GB 17790"
        in page
    )
    assert [line.strip() for line in page if "[x]" in line] == ["[x] evacuated (evacuate)", "[x] leak test (leak_test)"]
    assert "    [ ] earth (earth)" in page
    items = counter.done("installation checklist IN26-0001 --format json").json
    assert {
        "id": "evacuate",
        "text": {"en": "evacuated", "zh": "抽真空"},
        "done": True,
        "line": items[0]["line"],
        "about": "work",
    } in items
    assert [item["id"] for item in items if item["done"]] == ["evacuate", "leak_test"]
    assert counter.done("installation checklist IN26-0001 --format ids").lines[0] == "parts_complete"
    assert "checklist_items" not in counter.done("installation show IN26-0001 --format json").json


def test_what_show_prints_goes_back_in(counter: Counter) -> None:
    """The checklist of a book's rules is no part of the record."""
    counter.done("installation add --sale SA26-0001 --tick 抽真空")
    row = counter.done("installation show IN26-0001 --format json").json
    counter.write("again.json", json.dumps(row, ensure_ascii=False))
    made = counter.done(f"installation add --from {counter.folder / 'again.json'}").lines[0]
    assert "[x] evacuated (evacuate)" in counter.done(f"installation show {made}").out


def test_a_charge_is_signed_with_what_was_agreed(counter: Counter) -> None:
    """Whether the customer agreed beforehand is a fact of its own: yes, no, or not said."""
    counter.done("installation add --sale SA26-0001")
    counter.done("installation sign SA26-0001 --by 王建国 --charged 240 --materials 铜管2米 --agreed-beforehand")
    row = counter.done("installation show IN26-0001 --format json").json
    assert (row["charged"], row["materials"], row["agreed_beforehand"]) == ("240.00", "铜管2米", True)
    counter.done("installation add --sale SA26-0002")
    counter.done("installation sign IN26-0002 --by 单雪梅 --not-agreed-beforehand")
    assert counter.done("installation show IN26-0002 --format json").json["agreed_beforehand"] is False


def test_policy_shows_clauses_as_it_shows_plans(counter: Counter) -> None:
    """A duty, an entitlement and a checklist by name; what holds for goods; the pack counts them among its lines."""
    duty, far, hood = (
        counter.done(f"policy show {line} --format json").json[0] for line in ("on-time", "far", "range-hood")
    )
    assert (duty["kind"], duty["duty"]) == ("duty", "on_time")
    assert duty["value"] == [{"since": "2020-01-01", "span": {"days": 0}}]
    assert (far["kind"], far["service"]) == ("entitlement", "home_delivery")
    assert far["any"] == [{"fact": "distance_km", "min": [{"since": "2020-01-01", "figure": 5}], "needs": []}]
    assert (hood["kind"], hood["follows"], hood["items"][0]["zh"]) == ("checklist", "own", "距灶面高度")
    assert counter.done("policy show on-time").lines[2] == "  where no time was told, from 2020-01-01: the day itself"
    assert "from 2020-01-01: distance from the shop in km, 5 or more" in counter.done("policy show far").out
    ids = counter.done("policy show 油烟机 --format ids").lines
    assert "installation-standard/range-hood" in ids
    assert "installation-standard/general" not in ids
    packs = {row["id"]: row["lines"] for row in counter.done("policy list --format json").json}
    assert "delivery-standard/heavy" in packs["delivery-standard"]
