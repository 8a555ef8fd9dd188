"""What ``set`` makes of the changes it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from aftercare.cli import run

FILES = {
    "aftercare.yaml": "country: CN\ncurrency: CNY\ngit: no\n",
    "customers/2026/CU26-0001.yaml": (
        "id: CU26-0001   # the first\nname: 王建国\nphones: [13800138000]\naddress: {text: 文三路}\nsince: 2026-03-01\n"
        "nickname: 老王\n"
    ),
    "customers/2026/CU26-0002.yaml": "id: CU26-0002\nname: 李梅\nreferred_by: CU26-0001\n",
    "products/2026/PR26-0001.yaml": "id: PR26-0001\nname: 空调\ncategory: air_conditioner\n",
    "sales/2026/SA26-0001.yaml": (
        "id: SA26-0001\ncustomer: CU26-0001\nsold_on: 2026-03-03\nitems:\n"
        "- {product: PR26-0001, price: 3299.00}\n- {product: PR26-0001, qty: 2}\n"
    ),
    "deliveries/2026/DE26-0001.yaml": "id: DE26-0001\nsale: SA26-0001\narranged_on: 2026-03-03\n",
    "visits/2026/VI26-0001.yaml": (
        "id: VI26-0001\ncustomer: CU26-0001\nchannel: phone\npurpose: call_back\nat: 2026-03-05\noutcome: reached\n"
        "answers: {use: 正常}\n"
    ),
}


@pytest.fixture(autouse=True)
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small book, in which the commands run on 10 March 2026."""
    for file, text in FILES.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AFTERCARE_TODAY", "2026-03-10")
    monkeypatch.setenv("AFTERCARE_LANG", "en")
    return tmp_path


def _text(book: Path, record: str) -> str:
    return next(book.glob(f"*/2026/{record}.yaml")).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("kind", "record", "changes", "line"),
    [
        ("customer", "CU26-0001", ["note=来电 = 好"], "note: 来电 = 好"),
        ("customer", "CU26-0001", ["phones+=13900139000"], "phones: [13800138000, 13900139000]"),
        ("customer", "CU26-0001", ["phones-=13800138000"], "phones: []"),
        ("customer", "CU26-0001", ["phones.1=13700137000"], "phones: [13700137000]"),
        ("customer", "CU26-0001", ["phones=1"], "phones: [1]"),
        ("customer", "CU26-0001", ["address.distance_km=１２"], "address: {text: 文三路, distance_km: 12}"),
        ("customer", "CU26-0001", ["contact.calls=fewer"], "contact: {calls: fewer}"),
        ("customer", "CU26-0001", ["consent.greetings=是"], "consent: {greetings: yes}"),
        ("customer", "CU26-0001", ["birthday=农历八月十五"], "birthday: {lunar: 八月十五}"),
        ("customer", "CU26-0001", ["since=昨天"], "since: 2026-03-09"),
        ("customer", "CU26-0001", ["nickname=小王"], "nickname: 小王"),
        ("customer", "CU26-0001", ["contacts+=name=王小明,relation=儿子"], "- {name: 王小明, relation: 儿子}"),
        ("sale", "SA26-0001", ["items.1.price=￥3199"], "- {product: PR26-0001, price: 3199.00}"),
        ("sale", "SA26-0001", ["items.2.told.deliver.by=2026-03-12T18:00"], "{by: 2026-03-12T18:00}"),
        ("delivery", "DE26-0001", ["moved+=to=2026-03-12,asked_by=customer"], "- {to: 2026-03-12, asked_by: customer}"),
        ("delivery", "DE26-0001", ["opened=否"], "opened: no"),
        ("delivery", "DE26-0001", ["items=1,2:1"], "- {item: 2, qty: 1}"),
        ("delivery", "DE26-0001", ["items+=2"], "items: [2]"),
        ("delivery", "DE26-0001", ["signed.by=王建国", "signed.at=today"], "signed: {by: 王建国, at: 2026-03-10}"),
        ("visit", "VI26-0001", ["answers.manner=5"], "answers: {use: 正常, manner: 5}"),
        ("visit", "VI26-0001", ["answers+=manner=5"], "answers: {use: 正常, manner: 5}"),
        ("visit", "VI26-0001", ["answers=manner=5"], "answers: {manner: 5}"),
        ("visit", "VI26-0001", ["customer=李梅"], "customer: CU26-0002"),
    ],
)
def test_a_change_is_read_as_its_field_asks(book: Path, kind: str, record: str, changes: list[str], line: str) -> None:
    """Words for dates, yes and no in either language, people by name, groups in one word; the file says it plainly."""
    before = _text(book, record)
    assert run([kind, "set", record, *changes]) == 0
    after = _text(book, record)
    assert line in after
    kept = set(before.splitlines()) & set(after.splitlines())
    assert len(kept) >= len(before.splitlines()) - 1, "only what was changed is touched"


@pytest.mark.parametrize(
    ("kind", "record", "change", "gone"),
    [
        ("customer", "CU26-0001", "address=", "address"),
        ("customer", "CU26-0001", "nickname=", "nickname"),
        ("customer", "CU26-0001", "address.text=", "文三路"),
        ("customer", "CU26-0002", "referred_by=", "referred_by"),
        ("sale", "SA26-0001", "items.2=", "qty"),
        ("visit", "VI26-0001", "answers-=use", "use"),
    ],
)
def test_an_empty_value_takes_away(book: Path, kind: str, record: str, change: str, gone: str) -> None:
    """``path=`` removes a key or an entry; the rest stays."""
    assert run([kind, "set", record, change]) == 0
    assert gone not in _text(book, record)


@pytest.mark.parametrize(
    ("kind", "record", "changes", "said"),
    [
        ("customer", "CU26-0001", ["nmae=x"], "nothing at nmae\ndid you mean name?"),
        ("customer", "CU26-0001", ["address.txt=x"], "nothing at address.txt\ndid you mean text?"),
        ("customer", "CU26-0001", ["note="], "nothing at note"),
        ("customer", "CU26-0001", ["tags-=vip"], "it is not in the list"),
        ("customer", "CU26-0001", ["name.first=x"], "nothing at name.first"),
        ("sale", "SA26-0001", ["items.3.price=1"], "nothing at items.3.price"),
        ("sale", "SA26-0001", ["items.0.price=1"], "nothing at items.0.price"),
        ("sale", "SA26-0001", ["items.one.price=1"], "nothing at items.one.price"),
        ("customer", "CU26-0001", ["needs+=young"], "needs.1: “young”"),
        ("customer", "CU26-0001", ["name="], "missing name"),
        ("customer", "CU26-0001", ["consent.greetings=maybe"], "consent.greetings: “maybe”"),
        ("customer", "CU26-0001", ["since=sometime"], "since: “sometime” is not a date"),
        ("customer", "CU26-0001", ["name+=x"], "name: “x”: it is no list"),
        ("sale", "SA26-0001", ["items.1.price=cheap"], "items.1.price: “cheap”"),
        ("delivery", "DE26-0001", ["signed.by=王建国"], "missing signed.at"),
        ("delivery", "DE26-0001", ["items.1=1,2"], "one line is wanted"),
        ("delivery", "DE26-0001", ["items.1=1"], "nothing at items.1"),
        ("customer", "CU26-0001", ["name"], "“name” is no change"),
        ("customer", "CU26-0001", ["=x"], "“=x” is no change"),
        ("customer", "CU26-0001", ["phones+="], "“phones+=” is no change"),
        ("visit", "VI26-0001", ["answers+=5"], "write it as NAME=VALUE"),
        ("visit", "VI26-0001", ["satisfaction=6"], "satisfaction: “6”"),
    ],
)
def test_a_wrong_change_is_wrong_use_and_names_its_path(
    book: Path, capsys: pytest.CaptureFixture[str], kind: str, record: str, changes: list[str], said: str
) -> None:
    """Exit 2, the path as it was typed, the likely name where there is one, and the file as it was."""
    before = _text(book, record)
    assert run([kind, "set", record, *changes]) == 2
    assert said in capsys.readouterr().err
    assert _text(book, record) == before


@pytest.mark.parametrize("change", ["id=CU26-0009", "formerly+=CU26-0009", "removed.on=2026-03-01"])
def test_what_the_tool_writes_itself_is_refused(book: Path, change: str) -> None:
    """An id set by hand would part a record from its file."""
    assert run(["customer", "set", "CU26-0001", change]) == 5
    assert _text(book, "CU26-0001") == FILES["customers/2026/CU26-0001.yaml"]


def test_several_changes_are_one_or_none(book: Path) -> None:
    """Nothing of a command that fails is written."""
    assert run(["customer", "set", "CU26-0001", "note=x", "nmae=y"]) == 2
    assert "note" not in _text(book, "CU26-0001")
    assert run(["customer", "set", "CU26-0001", "note=x", "tags+=a", "tags+=b", "tags-=a"]) == 0
    assert "tags: [b]" in _text(book, "CU26-0001")


def test_a_fact_that_lies_ahead_is_refused(book: Path) -> None:
    """What has not come yet cannot have happened."""
    assert run(["delivery", "set", "DE26-0001", "arrived_at=tomorrow"]) == 5
    assert "arrived_at" not in _text(book, "DE26-0001")


def test_a_reference_that_leads_nowhere_can_be_taken_out(book: Path) -> None:
    """What is in the list as typed needs no reading."""
    file = book / "visits/2026/VI26-0001.yaml"
    file.write_text(FILES["visits/2026/VI26-0001.yaml"] + "about: [SA20-0001, SA26-0001]\n", encoding="utf-8")
    assert run(["visit", "set", "VI26-0001", "about-=SA20-0001"]) == 0
    assert "about: [SA26-0001]" in file.read_text(encoding="utf-8")
