"""``import contacts``: a phone's address book becomes customers, every card accounted for, and nobody twice."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from tests import counter as small_shop
from tests.counter import Counter
from tests.plain.test_vcards import card

OLD = (
    b"BEGIN:VCARD\r\nVERSION:2.1\r\n"
    b"N;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:=CD=F5;=BD=A8=B9=FA;;;\r\n"
    b"TEL;CELL:13800138000\r\nTEL;HOME:0571-88880000\r\nADR;HOME;CHARSET=GBK:;;"
    + "文三路100号".encode("gbk")
    + b";;;;\r\nBDAY:19580927\r\nPHOTO;ENCODING=BASE64;JPEG:\r\n /9j/4AAQ\r\n\r\nEND:VCARD\r\n"
)
"""A card as Chinese phones wrote it before 2010."""


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop."""
    return small_shop.opened(tmp_path / "book", capsys, monkeypatch)


def _import(counter: Counter, data: bytes, flags: str = "", *, code: int = 0) -> Any:
    (counter.folder / "a.vcf").write_bytes(data)
    printed = counter(f"import contacts a.vcf --format json {flags}")
    assert printed.code == code, printed.err
    return printed.json


def test_the_customer_is_known(counter: Counter) -> None:
    """By name and phone: what the book lacks is brought to it, what it says otherwise is said and left as it is."""
    answer = _import(counter, OLD)
    assert answer["changed"] == [{"line": 1, "id": "CU26-0001", "fields": ["phone", "birthday"]}]
    text = counter.text("CU26-0001")
    assert "0571-88880000" in text
    assert "1958-09-27" in text
    other = OLD.replace(b"19580927", b"19590101")
    assert _import(counter, other)["differs"] == [{"line": 1, "id": "CU26-0001", "fields": ["birthday"]}]
    printed = counter("import contacts a.vcf")
    assert "a.vcf:1: differs from CU26-0001 in birthday; the record is left as it is" in printed.err
    assert "not read: PHOTO" in printed.err
    assert counter.text("CU26-0001") == text
    counter.done("import contacts a.vcf --update")
    assert "1959-01-01" in counter.text("CU26-0001")


def test_a_shop_of_the_same_name(counter: Counter) -> None:
    """Its customers are not ours, though its cards bear our mark: nothing of them is written into ours."""
    counter.done("init other --name 阳光家电 --country CN --no-git")
    counter.done("-C other customer add --name 赵云 --phone 13600136000")
    theirs = counter.done("-C other export contacts").out.encode()
    before = counter.text("CU26-0001")
    for flags in ("", "--update"):
        answer = _import(counter, theirs, flags)
        assert answer["differs"] == [{"line": 1, "id": "CU26-0001", "fields": ["name", "phone"]}]
    assert counter.text("CU26-0001") == before


def test_two_cards_of_one_customer(counter: Counter) -> None:
    """What both bring is there afterwards, and the first does not make the second differ."""
    more = (
        ("TEL:13800138000", "CATEGORIES:vip", "TEL:0571-1111111"),
        ("TEL:13800138000", "CATEGORIES:老街坊", "TEL:0571-2"),
    )
    _import(counter, b"".join(card("FN:王建国", *lines) for lines in more))
    text = counter.text("CU26-0001")
    assert all(said in text for said in ("0571-1111111", "0571-2", "vip", "老街坊"))
    assert _import(counter, (counter.folder / "a.vcf").read_bytes())["rows"]["unchanged"] == 2


def test_old_phones(counter: Counter) -> None:
    """Version 2.1 in GBK, name in parts: a customer with phones, address and birthday."""
    data = OLD.replace(b"=CD=F5", b"=C5=B7=D1=F4").replace(b"13800138000", b"13600136000")
    assert _import(counter, data)["created"] == ["CU26-0003"]
    text = counter.text("CU26-0003")
    for said in ("name: 欧阳建国", "13600136000", "0571-88880000", "文三路100号", "1958-09-27"):
        assert said in text


@pytest.mark.parametrize(
    ("lines", "field", "value"),
    [
        (["N:Smith;Jane;Q.;Dr.;Jr.", "TEL:1"], "name", "Dr. Jane Q. Smith Jr."),
        (["ORG:阳光酒店;前台", "TEL:1"], "name", "阳光酒店 前台"),
        (["FN:赵云", "TEL;TYPE=cell:tel:+86-138-0013-8009;ext=12"], "phones", ["+86-138-0013-8009 ext 12"]),
        (["FN:赵云", "TEL;TYPE=fax:1234567", "TEL:13800138009", "TEL:138 0013 8009"], "phones", ["13800138009"]),
        (["FN:赵云", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-09-27"], "birthday", "--09-27"),
        (["FN:赵云", "BDAY:--0927"], "birthday", "--09-27"),
        (["FN:赵云", "BDAY:--0229"], "birthday", "--02-29"),
        (["FN:赵云", "BDAY:1958-09-27T00:00:00Z"], "birthday", "1958-09-27"),
        (["FN:赵云", "X-LUNAR-BIRTHDAY:八月十五"], "birthday", {"lunar": "八月十五"}),
        (["FN:赵云", "CATEGORIES:vip,老街坊\\, 一楼,myContacts"], "tags", ["vip", "老街坊, 一楼"]),
        (["FN:赵云", "ADR:;;文三路1号;杭州市;浙江省;310000;中国"], "address.text", "浙江省杭州市文三路1号"),
        (["FN:赵云", "ADR:;;杭州市文三路1号;;浙江省;;"], "address.text", "杭州市文三路1号"),
        (["FN:Jo", "ADR:;Apt 2;1 Main St;Springfield;IL;62701;USA"], "address.text",
         "1 Main St, Apt 2, Springfield, IL 62701, USA"),
        (["FN:赵云", "NOTE:一\\n二", "EMAIL:a@b.example", "ORG:常山;校场", "TITLE:将军"], "note",
         "一\n二\n常山 校场\n将军\na@b.example"),
        (["FN:  赵\\n云 ", "TEL:1"], "name", "赵 云"),
    ],
)  # fmt: skip
def test_what_a_card_says(counter: Counter, lines: list[str], field: str, value: Any) -> None:
    """Each property as the book has it, and a second time it is unchanged."""
    assert _import(counter, card(*lines))["created"] == ["CU26-0003"]
    found: Any = counter.done("customer show CU26-0003 --format json").json
    for name in field.split("."):
        found = found[name]
    assert found == value
    assert _import(counter, card(*lines))["rows"]["unchanged"] == 1


def test_a_card_is_known_again_by_its_uid(counter: Counter) -> None:
    """Though the name and the phone have changed since."""
    _import(counter, card("UID:abc-1", "FN:赵云", "TEL:13800138009"))
    answer = _import(counter, card("UID:abc-1", "FN:赵子龙", "TEL:13800138010"))
    assert answer["differs"] == [{"line": 1, "id": "CU26-0003", "fields": ["name"]}]
    assert "13800138010" in counter.text("CU26-0003")


def test_nobody_comes_twice(counter: Counter) -> None:
    """Two cards of one person make one customer; two with one UID are refused, for one of them is not whose it says."""
    data = card("FN:赵云", "TEL:13800138009") + card("FN:赵云", "TEL:+86 138 0013 8009")
    rows = _import(counter, data)["rows"]
    assert (rows["created"], rows["unchanged"]) == (1, 1)
    answer = _import(counter, card("UID:1", "FN:甲乙") + card("UID:1", "FN:丙丁"), code=3)
    assert [(one["line"], one["code"]) for one in answer["refused"]] == [(6, "duplicate-uid")]
    assert answer["created"] == []


BAD = [
    (card("FN:"), 1, "missing"),
    (card("TEL:138"), 1, "missing"),
    (card("FN:赵云", "BDAY:1958"), 4, "date"),
    (card("FN:赵云", "BDAY:19580230"), 4, "date"),
    (card("FN:赵云", "BDAY:0000-01-01"), 4, "date"),
    (card("FN:赵云", "BDAY:2026-03-11"), 4, "future"),
    (card("FN:赵云", "X-LUNAR-BIRTHDAY:十三月初一"), 4, "date"),
    (card("FN:赵云", "X-AFTERCARE-DISTANCE-KM:很远"), 1, "number"),
    (card("FN:老街坊", "KIND:group", version="4.0"), 1, "group"),
    (card("UID:ST26-0001@0123456789abcdef.aftercare", "FN:别家的人"), 1, "not-a-customer"),
    (card("FN:赵云\0"), 3, "control-character"),
    (card("FN:赵云")[:-12], 1, "card-open"),
]


@pytest.mark.parametrize(("data", "line", "code"), BAD, ids=range(len(BAD)))
def test_all_or_nothing(counter: Counter, data: bytes, line: int, code: str) -> None:
    """One bad card and nothing is written, with its line; with --keep-good the others are."""
    before, good = counter.files(), card("FN:钱一", "TEL:13600136001")
    answer = _import(counter, good + data, code=3)
    assert [(one["line"], one["code"]) for one in answer["refused"]] == [(line + 5, code)]
    assert answer["created"] == []
    del (after := counter.files())["a.vcf"]
    assert after == before
    answer = _import(counter, good + data, "--keep-good", code=3)
    assert (answer["created"], answer["rows"]["refused"]) == (["CU26-0003"], 1)
    assert counter("import contacts a.vcf").err.count("a.vcf:") == 1


def test_who_was_forgotten_stays_so(counter: Counter) -> None:
    """An old card of ours does not bring back somebody who asked to be forgotten."""
    counter.done("export contacts old.vcf")
    counter.done("customer forget CU25-0007 --yes --owing")
    printed = counter("import contacts old.vcf --format json")
    assert [one["code"] for one in printed.json["refused"]] == ["forgotten"]
    assert "王建军" not in printed.err


def test_a_dry_run(counter: Counter) -> None:
    """It says what would be, and writes nothing."""
    before = counter.files()
    assert _import(counter, card("FN:赵云"), "--dry-run")["created"] == ["CU26-0003"]
    del (after := counter.files())["a.vcf"]
    assert after == before
    printed = counter("import contacts a.vcf --dry-run")
    assert printed.lines[0] == "cards that make a new customer: 1"
    assert "nothing was written" in printed.err


def test_one_commit(counter: Counter) -> None:
    """However many there are, and ``log`` and ``undo`` know it."""
    counter.done("init other --name 新店 --country CN")
    data = b"".join(card(f"FN:客{n}", f"TEL:136001360{n:02}") for n in range(30))
    (counter.folder / "a.vcf").write_bytes(data)
    assert len(counter.done("-C other import contacts a.vcf --format json").json["created"]) == 30
    said = ["git", "-C", str(counter.folder / "other"), "log", "--format=%s"]
    titles = subprocess.run(said, capture_output=True, text=True, check=True).stdout.splitlines()
    assert titles[0] == "import customer CU26-0001..CU26-0030"
    assert len(titles) == 2


def test_what_is_no_file_of_cards(counter: Counter) -> None:
    """A missing file, another sort of file and one without end are refused in a line."""
    assert counter("import contacts none.vcf").code == 2
    assert counter("import contacts aftercare.yaml").code == 3
    printed = counter("import contacts /dev/zero")
    assert (printed.code, "too-large" in printed.err) == (3, True)


def test_a_thousand_cards(counter: Counter) -> None:
    """They are read, known again and written in a few seconds of one core."""
    data = b"".join(card(f"FN:客{n}", f"TEL:1360013{n:04}", f"UID:{n}") for n in range(1000))
    begun = time.process_time()
    assert len(_import(counter, data)["created"]) == 1000
    assert time.process_time() - begun < 6
