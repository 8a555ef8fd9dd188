"""What a customer can be given about a product: on the screen, for machines, on paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop, with all that can be said of its air conditioner."""
    counter = small_shop.opened(tmp_path / "book", capsys, monkeypatch)
    counter.done(
        "product add --name 挂机 --category 空调 --model KFR-26 --maker 晨屿电器 --weight-kg 30 --maker-months 72 "
        "--maker-part part=压缩机,months=120 --manual 随机附送 --brochure 柜台 --hotline 0571-1234 "
        "--hotline-hours 24小时 --page https://example.cn/kfr26 --video https://example.cn/v "
        "--accessory 遥控器 --accessory 铜管3米 --feature 适合10到15平方米 --feature 夜间22分贝"
    )
    return counter


def test_show_is_ready_to_be_handed_over(counter: Counter) -> None:
    """Name, maker, guarantee, where to read more, what is in the box, and the services that come with it."""
    page = counter.done("product show KFR-26").out
    for fact in ("晨屿电器", "72", "压缩机", "120", "随机附送", "24小时", "example.cn/kfr26", "铜管3米", "22分贝"):
        assert fact in page
    assert counter.done("product show KFR-26").lines[-9:] == [
        "  services that come with it:",
        "    Call-back after delivery of goods to be installed (phone): after 1 day",
        "    Revisit after installation (phone): after 7 days, after 1 month, after 6 months, after 12 months",
        "    Answer to a reported fault (phone): within 1 day",
        "    Repair finished within thirty days (counter): within 30 days, by law",
        "    Call-back after repair (phone): after 1 day, after 7 days",
        "    Call-back after a repair at home (phone): after 1 day",
        "    home delivery: free of charge: it weighs 30 kg",
        "    installation at home: free of charge: it needs a fitter",
    ]


def test_it_says_what_hangs_on_the_buyer_and_what_nobody_wrote_down(counter: Counter) -> None:
    """Unknown weight is no small weight."""
    lines = counter.done("product services 折叠椅").lines
    assert lines[0] == "PR26-0002 折叠椅"
    assert lines[-3] == (
        "  home delivery: free of charge from 5 km on, or for 5 pieces or more at once, "
        "or for customers with a special difficulty (elderly, ill, disabled, remote)"
    )
    assert lines[-2] == "  installation at home: not free of charge as such; please ask"
    assert lines[-1] == "  not written down, and it may make them free of charge: weight kg, bulky"


def test_in_chinese(counter: Counter) -> None:
    """As it would be handed over."""
    lines = counter.done("product services KFR-26 --lang zh").lines
    assert lines[2] == "  安装后定期访查（电话）：7天后，1个月后，6个月后，12个月后"
    assert "  送货上门：免费：重30公斤" in lines


def test_machines_get_every_field(counter: Counter) -> None:
    """A row for each plan, then one for each service."""
    rows = counter.done("product services KFR-26 --format json").json
    assert rows[1] == {
        "id": "service-plans/revisit",
        "kind": "plan",
        "title": {"en": "Revisit after installation", "zh": "安装后定期访查"},
        "after": "installed",
        "what": "revisit",
        "channel": "phone",
        "spans": [{"days": 7}, {"months": 1}, {"months": 6}, {"months": 12}],
        "ahead": None,
        "every": None,
        "season": None,
        "until": None,
        "binds": "plan",
        "state": "yes",
        "because": None,
        "conditions": [],
        "cite": ["S3", "C19", "C17", "C26", "C27", "N17"],
    }
    assert {row["id"]: row["because"] for row in rows[-2:]} == {
        "delivery-standard/heavy": {"fact": "weight_kg", "value": 30},
        "installation-standard/by-category": {"fact": "needs_installation", "value": True},
    }
    chair = counter.done("product services 折叠椅 --format json").json[-2]
    assert (chair["id"], chair["state"]) == ("home_delivery", "unknown")
    assert {"line": "delivery-standard/far", "fact": "distance_km", "least": 5, "needs": []} in chair["conditions"]
    assert all(list(row) == list(rows[0]) for row in [*rows, chair])
    assert counter.done("product services KFR-26 --format csv").lines[0].startswith("id,kind,title,after")


def test_what_comes_back_and_what_is_told_ahead(counter: Counter) -> None:
    """How often, in which season, for how long, and from when on."""
    counter.write(
        "policies/ours.yaml",
        "id: ours\nissuer: shop\ntitle: {en: Ours, zh: 本店}\nplans:\n"
        "- {id: spring, title: {en: Spring check, zh: 春检}, category: 空调, after: installed, what: maintenance,\n"
        "   step: spring, channel: home, every: {2026-01-01: {months: 12}}, due: {2026-01-01: [{months: 6}]},\n"
        "   season: {from: 04-01, to: 05-31}, until: {years: 10}}\n"
        "- {id: ending, title: {en: End, zh: 到期}, category: 空调, after: guarantee_ends, what: information,\n"
        "   step: ending, channel: phone, ahead: {days: 30}, due: {2026-01-01: [{days: 0}]}}\n",
    )
    lines = counter.done("product services KFR-26").lines
    assert (
        "  Spring check (home): after 6 months, every 12 months, in the season from 04-01 to 05-31, for 10 years"
    ) in lines
    assert "  End (phone): from 30 days before, and by that time" in lines
    row = next(row for row in counter.done("product services KFR-26 --format json").json if row["id"] == "ours/spring")
    assert (row["every"], row["season"], row["until"]) == (
        {"months": 12},
        {"from": "04-01", "to": "05-31"},
        {"years": 10},
    )


def test_a_product_goes_back_in_as_it_came_out(counter: Counter) -> None:
    """What show prints as JSON is the record alone."""
    out = counter.done("product show KFR-26 --format json").out
    counter.write("product.json", out)
    counter.done(f"product add --from {counter.folder / 'product.json'}")
    assert counter.text("PR26-0004").partition("\n")[2] == counter.text("PR26-0003").partition("\n")[2]


def test_the_leaflet_holds_all_of_it(counter: Counter) -> None:
    """And nothing of what the maker was told."""
    counter.done("product tell-maker KFR-26 --what 异响两起")
    page = counter.done("product leaflet KFR-26").out
    for fact in (
        "挂机 KFR-26", "晨屿电器", "72 months", "120 months", "压缩机", "随机附送", "0571-1234 (24小时)",
        "https://example.cn/kfr26", "适合10到15平方米", "铜管3米", "Revisit after installation", "it weighs 30 kg",
    ):  # fmt: skip
        assert fact in page
    assert "异响" not in page
    assert "厂家保修" in counter.done("product leaflet KFR-26 --lang zh").out


def test_a_leaflet_of_little_known_goods_leaves_no_blanks(counter: Counter) -> None:
    """What nobody wrote down is not printed as a line to fill in."""
    page = counter.done("product leaflet 折叠椅").out
    assert '<span class="blank">' not in page
    for title in ("The maker&#39;s own guarantee", "To read, to see and to ask", "In the box"):
        assert title not in page


def test_what_a_record_says_is_escaped_on_the_leaflet(counter: Counter) -> None:
    """A name is text, whatever it looks like."""
    counter.done("product set PR26-0002", "name=<b>椅</b>")
    assert "&lt;b&gt;椅" in counter.done("product leaflet PR26-0002").out


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("product services 冰箱", 4),
        ("product leaflet 冰箱", 4),
        ("product leaflet", 2),
        ("product services KFR-26 --fields nothing --format json", 2),
        ("product leaflet KFR-26 --format doc", 2),
    ],
)
def test_wrong_words(counter: Counter, line: str, code: int) -> None:
    """Misuse is 2, what is not there 4."""
    assert counter(line).code == code
