"""``export contacts`` and back: whom an address book names, read by others and by ourselves with nothing lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import vobject
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aftercare.answers.address_book import Card, Relative
from aftercare.answers.importing.card_facts import said_by
from aftercare.plain import vcards
from aftercare.plain.moments import parse
from aftercare.render import vcard
from tests import counter as small_shop
from tests import every_verb
from tests.attacks import poisoned
from tests.attacks.payloads import acted
from tests.commands.test_export_calendar import ENDING
from tests.counter import Counter
from tests.render.test_content_lines import TEXTS, meant

PEOPLE = {
    "CU26-0003": (
        "name: 欧阳娜娜\nphones: [13800138003, 0571-88880000]\nbirthday: 1992-02-29\ntags: ['老街坊, 一楼', vip]\n"
    ),
    "CU26-0004": "name: 赵云\nbirthday: --09-27\nnote: |-\n  一行\n  二行; 三\n",
    "CU26-0005": (
        "name: 孙二\nbirthday: {lunar: 闰六月三十}\naddress: {text: 文二路1号, region: Zhejiang, floor: 五楼}\n"
    ),
    "CU26-0006": (
        "name: Jane O'Neil; Smith\ncontacts:\n- {name: Bob, phone: +44 20 7946 0958, relation: son}\n- {name: Al}\n"
    ),
    "CU26-0007": "name: 曾庆丰\npinyin: zeng qingfeng\nlanguage: zh-CN\naddress: {text: 文一路2号, distance_km: 2.5}\n",
}
GONE = {
    "CU26-0011": "name: 不再来\nleft: {on: 2026-03-01, reason: 搬走}\n",
    "CU26-0012": "name: 勿扰\ndo_not_contact: 别打电话\n",
    "CU26-0013": "name: 已除名\nremoved: {on: 2026-03-02, reason: 重复}\n",
}


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop with customers of every sort."""
    found = small_shop.opened(tmp_path / "book", capsys, monkeypatch)
    for one, text in {**PEOPLE, **GONE}.items():
        found.write(f"customers/2026/{one}.yaml", f"id: {one}\n{text}since: 2026-03-01\n")
    return found


def _cards(counter: Counter, flags: str = "") -> dict[str, Any]:
    text = counter.done(f"export contacts {flags}").out
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return {card.fn.value: card for card in vobject.readComponents(text)}


@pytest.mark.parametrize("version", ["3", "4"])
def test_others_read_whom_it_names(counter: Counter, version: str) -> None:
    """Names whole and in their parts, every phone, addresses and groups."""
    cards = _cards(counter, f"--version {version}")
    assert {"王建国", "欧阳娜娜", "赵云", "孙二", "Jane O'Neil; Smith"} <= set(cards)
    ouyang = cards["欧阳娜娜"]
    assert (ouyang.n.value.family, ouyang.n.value.given) == ("欧阳", "娜娜")
    assert [tel.value for tel in ouyang.contents["tel"]] == ["13800138003", "0571-88880000"]
    assert ouyang.contents["categories"][0].value == ["老街坊, 一楼", "vip"]
    assert cards["赵云"].note.value == "一行\n二行; 三"
    assert (cards["孙二"].adr.value.street, cards["孙二"].adr.value.region) == ("文二路1号", "Zhejiang")
    assert cards["Jane O'Neil; Smith"].contents["tel"][0].value == "+44 20 7946 0958"


def test_birthdays_of_each_version(counter: Counter) -> None:
    """Version 4 can leave the year out, in 3 phones have a sign for it; a lunar one is said in words besides."""
    assert [_cards(counter, f"--version {v}")["赵云"].bday.value for v in "34"] == ["1604-09-27", "--0927"]
    assert [_cards(counter, f"--version {v}")["欧阳娜娜"].bday.value for v in "34"] == ["1992-02-29", "19920229"]
    sun = _cards(counter)["孙二"]
    assert sun.contents["x-lunar-birthday"][0].value == "闰六月三十"
    assert "闰六月三十" in sun.note.value


def test_who_is_left_out(counter: Counter) -> None:
    """Whoever left, is gone or does not wish to be contacted; of the last it is said how many, by no name."""
    printed = counter.done("export contacts")
    assert not any(name in printed.out for name in ("不再来", "勿扰", "已除名", "李师傅"))
    assert printed.err == "left out: 1 customer who does not wish to be contacted\n"
    counter.done("customer forget CU26-0003 --yes")
    assert "欧阳" not in counter.done("export contacts").out


def test_our_own_people(counter: Counter) -> None:
    """With --staff they stand in it, with the shop and what they do; taken back they become no customers."""
    counter.write("staff/2026/ST26-0002.yaml", "id: ST26-0002\nname: 走了\nleft: {on: 2026-03-01, reason: 退休}\n")
    cards = _cards(counter, "--staff")
    assert (cards["李师傅"].org.value, cards["李师傅"].role.value) == (["阳光家电"], "driver")
    assert "走了" not in cards
    counter.done("export contacts --staff all.vcf")
    answer = counter.done("import contacts all.vcf --format json").json
    assert (answer["created"], answer["rows"]["refused"]) == ([], 0)
    assert answer["unchanged"] == len(cards)


def _counted(answer: Any) -> dict[str, int]:
    """How many cards came to what, of that to which any came."""
    return {outcome: count for outcome, count in answer["rows"].items() if count}


@pytest.mark.parametrize("version", ["3", "4"])
def test_back_into_the_same_book(counter: Counter, version: str) -> None:
    """Every card is unchanged, and no byte of the book either."""
    counter.done(f"export contacts --version {version} all.vcf")
    before = counter.files()
    answer = counter.done("import contacts all.vcf --format json").json
    assert _counted(answer) == {"unchanged": 8}
    assert counter.files() == before


@pytest.mark.parametrize("version", ["3", "4"])
def test_into_an_empty_book(counter: Counter, version: str) -> None:
    """Another shop has the same customers afterwards, but for their numbers, and a second time nothing new."""
    counter.done(f"export contacts --version {version} all.vcf")
    counter.done("init other --name 新店 --country CN --no-git")
    assert len(counter.done("-C other import contacts all.vcf --format json").json["created"]) == 8
    fields = ("name", "phones", "address", "birthday", "tags", "note", "contacts", "pinyin", "language")
    ours, theirs = (
        {row["name"]: {name: row[name] for name in fields} for row in counter.done(line).json}
        for line in ("customer list --format json", "-C other customer list --format json")
    )
    assert {name: row for name, row in ours.items() if name not in {"不再来", "勿扰"}} == theirs
    again = counter.done("-C other import contacts all.vcf --format json").json
    assert _counted(again) == {"unchanged": 8}


NAMES = TEXTS.map(lambda text: " ".join(meant(text).split())).filter(bool)
"""Names as a book holds them: on one line."""


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(NAMES, TEXTS, TEXTS, st.lists(NAMES, max_size=3), st.sampled_from(vcard.VERSIONS))
def test_any_words_come_back(name: str, note: str, where: str, tags: list[str], version: str) -> None:
    """Whatever stands in a field comes back as that field, and as nothing else."""
    address = " ".join(meant(where).split())
    relative = Relative(name, "13800138000", name)
    card = Card("CU26-0001@x", name, ("138 0013 8000",), address, tags=tags, note=note, relatives=[relative])
    data = vcard.address_book([card], version)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    read = vcards.read(data, "a.vcf")
    assert read.faults == []
    (one,) = read.cards
    said = said_by(one, parse("2026-03-10"))
    assert said.facts["name"] == name
    assert said.facts["phone"] == ["138 0013 8000"]
    assert str(said.facts.get("address", "")) == address
    assert str(said.facts.get("note", "")) == (meant(note).strip("\n") if meant(note).strip() else "")
    assert said.more.get("tags", []) == list(dict.fromkeys(tags))
    assert said.more["contacts"] == [{"name": name, "phone": "13800138000", "relation": name}]


def test_a_customers_name_ends_no_card(tmp_path: Path) -> None:
    """There are as many cards as customers, whatever these are called."""
    with every_verb.standing_in(tmp_path):
        every_verb.laid_out(tmp_path, poisoned.book(ENDING))
        count = len(json.loads(every_verb.typed("customer list --format json")[1]))
        code, out, err = every_verb.typed("export contacts")
        assert (code, acted(out.replace("\r\n", "\n"), exact=True), acted(err)) == (0, [], [])
        lines = out.replace("\r\n ", "").split("\r\n")
        assert lines.count("BEGIN:VCARD") == lines.count("END:VCARD") == count
