"""``list``, ``show`` and ``find`` by the index print what they print by the records, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from aftercare.answers.looked_up import is_searchable
from aftercare.commands.looking_up import looked_up
from aftercare.commands.session import Session
from aftercare.records.kinds import MODELLED
from aftercare.render.formats import FORMATS
from tests import outlines
from tests.counter import Counter, Printed, opened

MORE = {
    "customers/2026/CU26-0003.yaml": (
        "id: CU26-0003\nname: 曾 Miller\npinyin: Zeng Mile\nphones: ['+44 20 7946 0958', '0571-88885678 转 12']\n"
        "contacts: [{name: 曾小妹, phone: 13700137000}]\nsince: 2025-11-02\nformerly: [CU25-0099]\nliked: [茶, ~]\n"
    ),
    "customers/2026/CU26-0004.yaml": "id: CU26-0004\nremoved: {on: 2026-03-05, reason: twice}\n",
    "products/2026/PR26-0003.yaml": "id: PR26-0003\nname: ＫＦＲ－３５ 滤网\nmodel: ''\ncategory: goods\nsku: A-1\n",
    "sales/2026/SA26-0003.yaml": (
        "id: SA26-0003\ncustomer: CU25-0099\nsold_on: 2026-03-05\norder: A 17\n"
        "items: [{product: PR26-0003}, {product: PR99-0001, serial: '  '}, {product: PR26-0001, serial: ｘｙ-9}]\n"
    ),
    "claims/2026/CL26-0002.yaml": (
        "id: CL26-0002\nunit: SA26-0001/1\nreported_on: 2026-03-07\nsource_key: row 7\n"
        "replaced: {on: 2026-03-09, serial: KF35-900}\nclosed: {on: 2026-03-09}\n"
    ),
    "claims/2026/CL26-0003.yaml": "id: CL26-0003\nunit: SA26-0009/1\nreported_on: 2026-03-07\nkind: own\n",
    "installations/2026/IN26-0001.yaml": "id: IN26-0001\nsale: SA26-0001\ntechnician: ST26-0001\n",
    "complaints/2026/CO26-0001.yaml": (
        "id: CO26-0001\ncustomer: CU25-0099\nreceived_at: 2026-03-09T09:30\nwhat: 约好的时间没来\n"
    ),
    "wishes/2026/WI26-0001.yaml": "id: WI26-0001\ncustomer: CU26-0001\nsaid_on: 2026-03-08\nwords: 字再大一点\n",
    "enquiries/2026/EN26-0001.yaml": (
        "id: EN26-0001\ncustomer: CU26-0003\nat: 2026-03-08T11:00\nchannel: counter\nquestion: 三口之家用多大的\n"
    ),
    "offers/2026/OF26-0001.yaml": (
        "id: OF26-0001\ntitle: 春天送清洗\npublished_on: 2026-03-01\nsince: 2026-03-01\nuntil: 2026-03-07\n"
    ),
    "events/2026/EV26-0001.yaml": "id: EV26-0001\nname: 老顾客联欢\nat: 2026-12-20T14:00\nplanned_on: 2026-03-01\n",
    "parts/2026/PA26-0001.yaml": "id: PA26-0001\nname: 雨伞\nnumber: U-1\ncost: 12.5\n",
    "points/2026/PT26-0001.yaml": (
        "id: PT26-0001\ncustomer: CU26-0001\non: 2026-03-08\ndrawn: 300\ngift: PA26-0001\nfor: 生日\n"
    ),
}  # fmt: skip
FAULTY = {"sales/2026/SA26-0004.yaml": "id: SA26-0004\ncustomer: CU26-0001\nsold_on: soon\nitems: []\n"}
OPTIONS = [
    *(f"--format {fmt}" for fmt in FORMATS),
    "--period 2026-03",
    "--period ..2025-12-31",
    "--sort -id --limit 1",
    "--sort nothing",
    "--fields id,note,kind",
    "--where id~26",
    "--where formerly.none",
    "--where kind=own",
    "--where nothing=1",
    "--where customer=CU25-0099",
]
TEXTS = [
    "王", "wang", "wjg", "zeng", "zm", "曾", "miller", "z", "0958", "2079460958", "5678", "13800138000", "1234", "123",
    "kf35-001", "KF35-900", "ＸＹ-9", " ", "KFR-35", "kfr", "空调", "a-1", "A 17", "00123456", "row 7", "CU25-0099",
    "sa261", "SA26-0001", "SA26-0001/1", "SA26-0004", "CU26-0004", "1", "9", "12", "字再大", "文三路", "nobody",
    "一\n二", "own", "王建国 ", "雨伞", "春天送清洗",
]  # fmt: skip


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The counter of a book with records of every kind."""
    made = opened(tmp_path, capsys, monkeypatch)
    for file, text in MORE.items():
        made.write(file, text)
    return made


def _both(counter: Counter, line: str, *more: str) -> Iterator[Printed]:
    """What a line prints by the records, and by the index."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("AFTERCARE_INDEX", "off")
        yield counter(line, *more)
    yield counter(line, *more)


def _agree(counter: Counter, line: str, *more: str) -> Printed:
    """The answer, which is the same by either."""
    by_records, by_index = _both(counter, line, *more)
    assert by_index == by_records, (line, *more)
    return by_index


def _is_answered_by_index() -> bool:
    return looked_up(Session()) is not None


@pytest.mark.parametrize("kind", MODELLED)
def test_a_list_is_the_same_in_every_format_by_every_option(kind: str, counter: Counter) -> None:
    """Nobody needs to know which of the two answered."""
    assert _is_answered_by_index()
    for option in OPTIONS:
        _agree(counter, f"{kind} list {option}")
    assert _agree(counter, f"{kind} list --lang zh").out


@pytest.mark.parametrize("text", TEXTS)
def test_whatever_is_looked_for_the_same_is_found(text: str, counter: Counter) -> None:
    """By a name, its pinyin or initials, a phone, a serial number, an id of now or before, and any text."""
    assert _is_answered_by_index()
    _agree(counter, "find --format json", text)
    _agree(counter, "show --format json", text)
    _agree(counter, "sale list --format ids --customer", text)
    for kind in ("customer", "sale", "claim", "delivery", "product"):
        _agree(counter, f"{kind} show --format jsonl", text)


def test_a_page_is_the_same(counter: Counter) -> None:
    """A page for people, whatever kind of record it is of."""
    for kind in MODELLED:
        _agree(counter, f"{kind} show 1")


def test_faulty_files_are_told_with_every_answer(counter: Counter) -> None:
    """Who lists the rest must hear of what is not in the list."""
    for file, text in FAULTY.items():
        counter.write(file, text)
    assert _is_answered_by_index()
    for line in ("sale list", "find 王", "show SA26-0001 --format json", "show SA26-0004 --format json"):
        told = _agree(counter, line)
        assert "sales/2026/SA26-0004.yaml:3" in told.err
        assert told.code


def test_what_was_edited_renamed_or_taken_out_is_answered_as_it_is_now(counter: Counter) -> None:
    """A stale row would send the operator to a customer by the name or number of last year."""
    lines = [
        "sale list", "customer list --format json", "find wang", "find 李", "find KF35-777 --format json",
        "show KF35-001 --format json", "find 5678", "delivery list", "sale list --customer CU26-0001",
    ]  # fmt: skip
    for line in lines:
        _agree(counter, line)
    path = counter.folder / "customers/2026/CU26-0001.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("王建国", "李建国"), encoding="utf-8")
    assert "李建国" in counter("sale list").out
    for line in lines:
        _agree(counter, line)
    sale = counter.folder / "sales/2026/SA26-0001.yaml"
    sale.write_text(sale.read_text(encoding="utf-8").replace("KF35-001", "KF35-777"), encoding="utf-8")
    (counter.folder / "customers/2025/CU25-0007.yaml").unlink()
    for line in lines:
        _agree(counter, line)
    path.unlink()
    counter.write("customers/2026/CU26-0008.yaml", "id: CU26-0008\nname: 李建国\nformerly: [CU26-0001]\n")
    assert "李建国" in counter("sale list").out
    for line in lines:
        _agree(counter, line)
    assert _is_answered_by_index()


def test_a_name_that_is_gone_is_in_no_table_of_the_index(counter: Counter) -> None:
    """Who asked to be forgotten would else be found by their pinyin for as long as the index lives."""
    assert "CU26-0002" in counter("find shan --format ids").out
    counter.write("customers/2026/CU26-0002.yaml", "id: CU26-0002\nname: …\nforgotten: {on: 2026-03-10}\n")
    found = looked_up(Session())
    assert found is not None
    assert found.search("shan") == found.search("13900131234") == found.search("单", ["customer", "sale"]) == []
    assert "CU26-0002" in _agree(counter, "customer list").out


def test_where_the_index_cannot_tell_the_records_do(counter: Counter) -> None:
    """A look back, a link among the records, a number that two records had: an answer is given all the same."""
    assert _agree(counter, "sale list --as-of 2026-03-03 --format ids").lines == ["SA25-0009", "SA26-0001"]
    counter.write("customers/2026/CU26-0005.yaml", "id: CU26-0005\nname: 赵一\nformerly: [CU26-0001]\n")
    assert not _is_answered_by_index()
    for line in ("customer list --format json", "find wjg", "show CU26-0001"):
        _agree(counter, line)
    (counter.folder / "customers/2026/CU26-0005.yaml").unlink()
    (counter.folder / "customers/2026/CU26-0006.yaml").symlink_to("CU26-0001.yaml")
    assert not _is_answered_by_index()
    assert "CU26-0006" in _agree(counter, "customer list").err


def test_a_text_with_signs_that_cannot_be_shown_is_not_looked_up() -> None:
    """What stands between the texts of a record in the index must not be found as a text of one."""
    assert not is_searchable("a\x1fb")
    assert not is_searchable("a\nb")
    assert is_searchable("　王 建国　")


def test_the_outlines_are_those_of_the_models() -> None:
    """A field that is missing there would be missing in every list: ``python -m tests.outlines`` draws them."""
    assert outlines.FILE.read_text(encoding="utf-8") == outlines.drawn()
