"""``customer forget``: a person goes out of the records, what is owed and was kept stays."""

from __future__ import annotations

import hashlib
import io
import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.counter import Counter, opened
from tests.the_index import left_beside_it


class Terminal(io.StringIO):
    """An operator who types an answer."""

    def isatty(self) -> bool:
        """Somebody is there to be asked."""
        return True


NAME, PHONE, HOME, DAUGHTER = "王建国", "13800138000", "文三路100号", "王小明"
SALE = """id: SA26-0001
# 王建国自己来的
customer: CU26-0001
sold_on: 2026-03-03
items:
- {product: PR26-0001, serial: KF35-0303001, price: 3299.00}
deliver_to: {name: 王小明, phone: 13800138001, address: 文三路100号3-201, distance_km: 12}
note: 给女儿买的
told:
  deliver: {by: 2026-03-06T18:00}
"""
CUSTOMER = """id: CU26-0001
name: 王建国
phones: [13800138000, 0571-88886666]
address: {text: 文三路100号, region: Zhejiang, distance_km: 12}
birthday: 1958-09-27
needs: [elderly]
contacts:
- {name: 王小明, phone: 13800138001, relation: 女儿}
consent: {greetings: yes, quiet: 21:00-09:00}
memberships:
- {of: 鞋友会, level: 金卡, card: Y0031}
wechat: wangjg
since: 2025-03-01
"""
SIGNED = """id: DE26-0002
sale: SA26-0001
arranged_on: 2026-03-05
person: ST25-0001
attempts:
- {at: 2026-03-05T10:00, outcome: nobody_home, note: 王小明说去医院了}
difficulty: 五楼没有电梯
signed: {by: 王小明, at: 2026-03-06T10:00}
"""
COMPLAINT = """id: CO26-0001
customer: CU26-0001
received_at: 2026-03-07T10:00
what: 王建国说1380013 8000打不通
answers:
- {at: 2026-03-07T11:00, says: 会改}
"""
EVENT = """id: EV26-0001
name: 老顾客联欢
at: 2026-05-01T14:00   # 店内
planned_on: 2026-03-01
guests:
- customer: CU26-0002   # 第一位
  answered: {at: 2026-03-02, comes: yes, said: 和王建国一起来}
- customer: CU26-0001
  answered: {at: 2026-03-02, comes: yes, said: 带老伴来}
"""


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The shop, with a customer of whom it knows much."""
    counter = opened(tmp_path, capsys, monkeypatch)
    counter.write("customers/2026/CU26-0001.yaml", CUSTOMER)
    counter.write("sales/2026/SA26-0001.yaml", SALE)
    counter.write("deliveries/2026/DE26-0002.yaml", SIGNED)
    counter.write("complaints/2026/CO26-0001.yaml", COMPLAINT)
    counter.write("events/2026/EV26-0001.yaml", EVENT)
    counter.write("aftercare.yaml", "shop: 阳光家电\ncountry: CN\ncurrency: CNY\ngit: no\n")
    return counter


def _all(counter: Counter) -> str:
    return "\n".join(data.decode() for data in counter.files().values())


def _forgotten(counter: Counter, *more: str) -> Counter:
    counter.done("customer forget CU26-0001 --yes --owing", *more)
    return counter


def test_nothing_says_who_it_was(counter: Counter) -> None:
    """Names, phones, addresses, the birthday, the card, the household, unknown keys of the file, comments: all go."""
    _forgotten(counter, "--everywhere")
    left = _all(counter)
    gone = (NAME, PHONE, "1380013 8000", DAUGHTER, HOME, "1958-09-27", "elderly", "Y0031", "wangjg", "88886666",
            "21:00-09:00", "女儿", "医院", "五楼", "带老伴来", "自己来的")  # fmt: skip
    assert [word for word in gone if word in left] == []


def test_what_is_of_the_goods_and_of_the_shop_stays(counter: Counter) -> None:
    """Dates, money, goods, serial numbers, who of the shop did it, what others said of themselves."""
    _forgotten(counter)
    assert "KF35-0303001" in counter.text("SA26-0001")
    assert "distance_km: 12" in counter.text("SA26-0001")
    assert "price: 3299.00" in counter.text("SA26-0001")
    assert "signed: {by: …, at: 2026-03-06T10:00}" in counter.text("DE26-0002").replace("\n  ", " ").replace(
        "signed: by: … at: 2026-03-06T10:00", "signed: {by: …, at: 2026-03-06T10:00}"
    )
    assert "what: …说…打不通" in counter.text("CO26-0001")
    assert "region: Zhejiang" in counter.text("CU26-0001")
    assert "level: 金卡" in counter.text("CU26-0001")
    assert "# 第一位" in counter.text("EV26-0001")
    assert "单雪梅" in counter.text("CU26-0002")


def test_the_files_are_in_order_afterwards(counter: Counter) -> None:
    """Whoever looks for mistakes in the files later finds none that were not there."""
    before = counter("check book").out.replace("CU26-0001.yaml:12: unknown-key", "")
    _forgotten(counter)
    after = counter("check book").out
    assert [line for line in after.splitlines() if line not in before] == []


ANSWERS = [
    "customer show CU26-0001", "customer list", "customer list --format json", "customer timeline CU26-0001",
    "sale show SA26-0001", "delivery show DE26-0002", "complaint progress CO26-0001", "due --within 900d",
    "due --within 900d --format json", "promise list", "balance", "event guests EV26-0001", "customer tree",
    "customer out-of-touch", "unit show SA26-0001/1", "unit remedies SA26-0001/1", "sale owed SA26-0001",
    "delivery sheet DE26-0002", "sale label SA26-0001", "points balance", "show CU26-0001", "find 空调",
    "customer benefits CU26-0001", "check", "quality", "product units PR26-0001",
    "unit card SA26-0001/1", "customer kindness",
]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_answer_does_without_them(counter: Counter, language: str) -> None:
    """No answer breaks off because somebody has no name, and none has kept it."""
    _forgotten(counter, "--everywhere")
    for line in ANSWERS:
        printed = counter(f"--lang {language} {line}")
        assert printed.code in {0, 1}, (line, printed.err)
        said = printed.out + printed.err
        assert [word for word in (NAME, PHONE, DAUGHTER, HOME) if word in said] == [], line


def test_nobody_is_found_by_the_name_any_more(counter: Counter) -> None:
    """Neither by the name, nor by its pinyin, nor by the phone."""
    _forgotten(counter)
    for words in (NAME, "wjg", PHONE, "8000"):
        assert counter.done(f"customer find {words} --format json").json == []
    assert counter("customer show 王建国").code == 4


def test_what_is_due_names_no_person(counter: Counter) -> None:
    """Goods that are owed all the same stand in the list, for nobody by name."""
    counter.write("deliveries/2026/DE26-0002.yaml", "id: DE26-0002\nsale: SA26-0001\narranged_on: 2026-03-05\n")
    _forgotten(counter)
    rows = counter.done("due --format json").json
    deliver = next(row for row in rows if row["id"] == "SA26-0001/1/deliver")
    assert (deliver["customer"], deliver["name"], deliver["phone"], deliver["address"]) == (
        "CU26-0001",
        None,
        None,
        None,
    )
    assert "(forgotten)" in counter.done("due").out
    assert "（已删除）" in counter.done("--lang zh due").out


def test_who_is_still_owed_goods_is_not_forgotten_by_mistake(counter: Counter) -> None:
    """Forgotten by mistake, a customer who has paid would wait for goods that nobody can bring any more."""
    counter.write("deliveries/2026/DE26-0002.yaml", "id: DE26-0002\nsale: SA26-0001\narranged_on: 2026-03-05\n")
    before = counter.files()
    refused = counter("customer forget CU26-0001 --yes")
    assert refused.code == 5
    assert "SA26-0001/1/deliver" in refused.err
    assert "--owing" in refused.err
    assert counter.files() == before
    done = counter.done("customer forget CU26-0001 --yes --owing")
    assert "still owed: SA26-0001/1/deliver" in done.err


def test_a_thing_in_repair_is_owed_too(counter: Counter) -> None:
    """Its owner has to be called when it is ready."""
    counter.done("claim add --unit SA26-0001/1 --found-on 2026-03-08 --symptom 不制冷")
    counter.done("claim repair CL26-0002 in")
    refused = counter("customer forget CU26-0001 --yes")
    assert refused.code == 5
    assert "CL26-0002" in refused.err


def _state_of(counter: Counter, promise: str) -> str:
    rows = counter.done("promise list --format json").json
    return str(next(row["state"] for row in rows if row["id"] == promise))


def test_what_was_for_the_person_is_void(counter: Counter) -> None:
    """Calls, greetings and words that were promised end: nobody is left to call."""
    assert _state_of(counter, "PM26-0001") == "overdue"
    said = counter.done("customer forget CU26-0001 --yes --owing").err
    assert "voids PM26-0001" in said
    assert _state_of(counter, "PM26-0001") == "void"
    rows = counter.done("due --within 900d --format json").json
    assert {row["what"] for row in rows if row["customer"] == "CU26-0001"} <= {"deliver", "install", "pack"}


def test_nothing_new_is_planned_for_nobody(counter: Counter) -> None:
    """What happens with the goods later plans no call and no greeting."""
    _forgotten(counter)
    counter.done("delivery set DE26-0002 signed.at=2026-03-10")
    rows = counter.done("--today 2027-03-10 due --within 400d --format json").json
    assert {row["what"] for row in rows if row["customer"] == "CU26-0001"} <= {"deliver", "install", "pack"}


def test_nobody_is_invited_who_is_nobody(counter: Counter) -> None:
    """An invitation would have to be sent to a person."""
    _forgotten(counter)
    counter.done("event add --name 夏日茶会 --at 2026-06-01T14:00")
    assert counter("event invite EV26-0002 CU26-0001 --how phone").code != 0


def test_a_dry_run_shows_all_and_changes_nothing(counter: Counter) -> None:
    """Field by field, with what is left of it; it asks nothing, and is no refusal even while goods are owed."""
    before = counter.files()
    shown = counter.done("customer forget 王建国 --dry-run")
    assert "  name: 王建国 → …" in shown.lines
    assert "  phones.2: 0571-88886666 → nothing" in shown.lines
    assert "  deliver_to.name: 王小明 → nothing" in shown.lines
    assert "  guests.2.answered.said: 带老伴来 → nothing" in shown.lines
    assert "events/2026/EV26-0001.yaml:7" in shown.err
    assert counter.files() == before
    assert left_beside_it(counter.folder) == []


def test_without_a_terminal_it_wants_a_yes(counter: Counter) -> None:
    """A script does not forget somebody by a slip."""
    refused = counter("customer forget 王建国")
    assert refused.code == 2
    assert "--yes" in refused.err


def test_twice_is_as_good_as_once(counter: Counter) -> None:
    """A second time says so, and writes nothing."""
    _forgotten(counter, "--reason", "本人要求")
    before = counter.files()
    again = counter.done("customer forget CU26-0001 --yes")
    assert "CU26-0001 was forgotten on 2026-03-10; nothing is left to take out" in again.err
    assert counter.files() == before


def test_what_came_later_goes_too(counter: Counter) -> None:
    """A delivery that is signed for after all brings a name back; forgetting again takes it out."""
    _forgotten(counter)
    counter.done("delivery set DE26-0002 signed.by=王建国")
    _forgotten(counter)
    assert NAME not in counter.text("DE26-0002")


@pytest.mark.parametrize(
    "change", ["name=王建国", "phones+=13800138000", "birthday=1958-09-27", "forgotten=", "note=他"]
)
def test_nobody_is_brought_back(counter: Counter, change: str) -> None:
    """Who was forgotten and comes again is a new customer."""
    _forgotten(counter)
    before = counter.files()
    refused = counter(f"customer set CU26-0001 {change}")
    assert refused.code == 5
    assert "customer add" in refused.err
    assert counter.files() == before


def test_notes_about_others_are_told_and_changed_only_when_asked(counter: Counter) -> None:
    """A neighbour's note that names them is the neighbour's record: it is shown first."""
    told = counter.done("customer forget CU26-0001 --yes --owing")
    assert "events/2026/EV26-0001.yaml:7" in told.err
    assert "和王建国一起来" in counter.text("EV26-0001")
    counter.write("customers/2026/CU26-0001.yaml", CUSTOMER)
    _forgotten(counter, "--everywhere")
    assert "said: 和…一起来" in counter.text("EV26-0001")


def test_a_namesake_keeps_the_name(counter: Counter) -> None:
    """Two people have one name, or one phone: forgetting one must not take the other's away."""
    counter.done("customer add --name 王建国 --phone 13800138000 --note 不是文三路那位")
    told = counter.done("customer forget CU26-0001 --yes --owing --everywhere")
    assert "name: 王建国" in counter.text("CU26-0003")
    assert "13800138000" in counter.text("CU26-0003")
    assert "customers/2026/CU26-0003.yaml:2" in told.err


def test_json_says_which_fields_and_never_what_was_in_them(counter: Counter) -> None:
    """A script may log it."""
    done = counter.done("customer forget CU26-0001 --yes --owing --format json")
    row = done.json
    assert row["id"] == "CU26-0001"
    assert {"path": "name", "left": "…"} in row["records"][0]["fields"]
    assert "events/2026/EV26-0001.yaml:7" in row["elsewhere"]
    assert "PM26-0001" in row["void"]
    assert NAME not in done.out


def test_a_file_that_was_imported_is_not_taken_for_new(counter: Counter) -> None:
    """The key of a row held the name and the phone: it goes, and two of them are not taken for one."""
    counter.write("customers/2026/CU26-0001.yaml", f"{CUSTOMER}source_key: 王建国 13800138000\n")
    _forgotten(counter)
    assert "source_key" not in counter.text("CU26-0001")


def test_a_verdict_beside_a_claim_still_fits_its_claim(counter: Counter) -> None:
    """Its hash follows when the person's words are taken out of it: else a later decision would take it for another."""
    counter.done("claim add --unit SA26-0001/1 --found-on 2026-03-08 --symptom 不制冷 --asked repair")
    counter.done("claim decide CL26-0002 repair")
    file = next(counter.folder.glob("claims/2026/CL26-0002.verdict-1.json"))
    text = file.read_text(encoding="utf-8")
    spoiled = json.dumps({**json.loads(text), "said": NAME}, ensure_ascii=False)
    file.write_text(spoiled, encoding="utf-8")
    old, new = (hashlib.sha256(one.encode()).hexdigest() for one in (text, spoiled))
    counter.write("claims/2026/CL26-0002.yaml", counter.text("CL26-0002").replace(old, new))
    _forgotten(counter)
    left = file.read_bytes()
    assert NAME not in left.decode()
    assert hashlib.sha256(left).hexdigest() in counter.text("CL26-0002")


def test_what_is_too_short_to_be_looked_for_is_said(counter: Counter) -> None:
    """Of a name of one sign nobody can say where else it stands; silence would sound as if it stood nowhere."""
    counter.done("customer add --name 甲 --phone 110")
    told = counter.done("customer forget 甲 --yes")
    assert "2 words are too short to be looked for" in told.err
    assert "甲" not in counter.text("CU26-0003")


@pytest.mark.parametrize(("typed", "code"), [("n\n", 130), ("y\n", 0)])
def test_on_a_terminal_it_asks_first(counter: Counter, typed: str, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a yes forgets."""
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    printed = counter("customer forget CU26-0001")
    assert printed.code == code
    assert "No command brings it back." in printed.err
    assert (NAME in counter.text("CU26-0001")) is bool(code)


def test_the_editor_brings_nobody_back(counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An old draft that is saved over the file is refused like any other way."""
    _forgotten(counter)
    editor = tmp_path / "editor.py"
    editor.write_text(f"import sys\nopen(sys.argv[1], 'w').write({CUSTOMER!r})\n", encoding="utf-8")
    monkeypatch.setenv("EDITOR", f"{sys.executable} {editor}")
    assert counter("customer edit CU26-0001").code == 5
    assert NAME not in counter.text("CU26-0001")


@pytest.mark.parametrize("typed", ["n\n"])
def test_it_asks_with_the_number_of_others(counter: Counter, typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who agrees to forget one customer does not know that an event and a neighbour are changed as well."""
    counter.done("customer set CU26-0002 note=和王建国是邻居")
    before = counter.files()
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    assert "and change 2 records of others?" in counter("customer forget CU26-0001 --everywhere").err
    assert counter.files() == before


def test_who_was_confirmed_is_forgotten(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the question stood the name became another's: a yes to one person must not forget the other."""

    def slow(question: str) -> bool:
        for record, old, new in (("CU26-0001", NAME, "赵一"), ("CU26-0002", "单雪梅", NAME)):
            counter.write(f"customers/2026/{record}.yaml", counter.text(record).replace(old, new))
        return "CU26-0001" in question

    monkeypatch.setattr("sys.stdin", Terminal("y\n"))
    monkeypatch.setattr("aftercare.commands.forgetting.confirmed", slow)
    counter.done("customer forget 王建国 --owing")
    assert "forgotten:" in counter.text("CU26-0001")
    assert "forgotten:" not in counter.text("CU26-0002")


def test_what_was_confirmed_is_removed(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same of a removal: the words of one record fit another by the time the yes is typed."""
    new = counter.done("customer add --name 赵一").out.strip()

    def slow(question: str) -> bool:
        for record, old, name in ((new, "赵一", "钱二"), ("CU26-0002", "单雪梅", "赵一")):
            counter.write(f"customers/2026/{record}.yaml", counter.text(record).replace(old, name))
        return new in question

    monkeypatch.setattr("sys.stdin", Terminal("y\n"))
    monkeypatch.setattr("aftercare.commands.generic.confirmed", slow)
    counter.done("customer remove 赵一")
    assert "removed:" in counter.text(new)


def test_a_sale_that_cannot_be_read_is_mended_first(counter: Counter) -> None:
    """It holds the recipient and what is owed: the customer was blanked, the recipient stayed, and nobody was told."""
    counter.write("sales/2026/SA26-0001.yaml", SALE.replace("items:", "items: ["))
    before = counter.files()
    refused = counter("customer forget CU26-0001 --yes --owing")
    assert refused.code == 5
    assert "sales/2026/SA26-0001.yaml:" in refused.err.splitlines()[0]
    assert "sales/2026/SA26-0001.yaml cannot be read and may tell of CU26-0001; nothing was changed" in refused.err
    assert counter.files() == before


def test_a_record_of_theirs_that_names_only_their_sale_is_mended_first(counter: Counter) -> None:
    """A delivery names the sale and the signer, and not the customer."""
    counter.write("deliveries/2026/DE26-0002.yaml", SIGNED.replace("signed:", "signed: ["))
    refused = counter("customer forget CU26-0001 --yes --owing")
    assert (refused.code, "DE26-0002.yaml cannot be read" in refused.err) == (5, True)


def test_a_fault_in_a_file_of_others_is_told_and_stops_nothing(counter: Counter) -> None:
    """One broken file among thousands must not keep the shop from doing what it owes to a person by law."""
    counter.write("wishes/2026/WI26-0001.yaml", "id: WI26-0001\ncustomer: [\n")
    assert "wishes/2026/WI26-0001.yaml:" in counter.done("customer forget CU26-0001 --yes --owing").err


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_what_doctor_set_aside_is_looked_through(counter: Counter, encoding: str) -> None:
    """The original of a file in another encoding still holds the person, and nobody would think of deleting it."""
    aside = counter.folder / ".aftercare" / "set-aside" / "x" / "CU26-0001.yaml"
    aside.parent.mkdir(parents=True)
    aside.write_bytes(CUSTOMER.encode(encoding))
    told = counter.done("customer forget CU26-0001 --yes --owing")
    assert "files that aftercare set aside hold it: .aftercare/set-aside/x/CU26-0001.yaml" in told.err


class TestWordsFile:
    """The file for the history's words: it is there, or nothing is done."""

    @pytest.mark.parametrize(
        ("file", "more", "code", "said"),
        [
            ("/nonexist/w", "--yes", 5, "/nonexist/w cannot be written"),
            ("../w", "--dry-run", 2, "with --dry-run nothing is written"),
            ("words", "--yes", 2, "--history-words: words must lie outside the book"),
            ("../w", "--yes", 5, "is still owed"),
        ],
    )
    def test_a_refusal_changes_nothing(self, counter: Counter, file: str, more: str, code: int, said: str) -> None:
        """“nothing was changed” stood below a person who was blanked and committed."""
        owing = () if "owed" in said else ("--owing",)
        counter.write("deliveries/2026/DE26-0002.yaml", "id: DE26-0002\nsale: SA26-0001\narranged_on: 2026-03-05\n")
        before = counter.files()
        refused = counter(f"customer forget CU26-0001 --history-words {file} {more}", *owing)
        assert (refused.code, said in refused.err) == (code, True)
        assert counter.files() == before
        assert not (counter.folder / file).exists()

    def test_one_that_is_there_is_kept(self, counter: Counter, tmp_path_factory: pytest.TempPathFactory) -> None:
        """It may be the words of somebody else; what is said to do about it can be done."""
        target = tmp_path_factory.mktemp("words") / "w"
        target.write_text("x", encoding="utf-8")
        refused = counter("customer forget CU26-0001 --yes --owing --history-words", str(target))
        assert (refused.code, "give another name" in refused.err) == (5, True)
        assert target.read_text(encoding="utf-8") == "x"
        assert NAME in counter.text("CU26-0001")


def test_a_file_that_is_called_after_them_is_told(counter: Counter) -> None:
    """The folder of photos held one for each name, and the operator was told that nothing of the person is left."""
    counter.write("photos/王建国 2026.txt", "")
    told = counter.done("customer forget CU26-0001 --yes --owing --everywhere")
    assert "also stands in: photos/王建国 2026.txt:1" in told.err


class TestHistory:
    """What git remembers."""

    @pytest.fixture
    def kept(self, counter: Counter) -> Counter:
        """The shop, with its history."""
        counter.write("aftercare.yaml", "shop: 阳光家电\ncountry: CN\ncurrency: CNY\ngit: yes\n")
        for words in (["init", "-q"], ["add", "-A"], ["-c", "user.name=a", "-c", "user.email=a", "commit", "-qm", "x"]):
            subprocess.run(["git", "-C", str(counter.folder), *words], check=True)
        return counter

    def _git(self, counter: Counter, *words: str) -> str:
        done = subprocess.run(["git", "-C", str(counter.folder), *words], check=True, capture_output=True)
        return done.stdout.decode()

    def test_one_commit_that_names_nobody(self, kept: Counter) -> None:
        """All files go into it together; its message holds the id alone."""
        _forgotten(kept, "--reason", "王建国要求")
        assert self._git(kept, "log", "-1", "--format=%B").strip() == "customer forget CU26-0001"
        assert NAME not in kept.text("CU26-0001")
        assert self._git(kept, "status", "--short") == ""

    def test_it_says_what_remains_there(self, kept: Counter) -> None:
        """Who believes that it is gone from a clone too would tell the customer something that is not so."""
        told = kept.done("customer forget CU26-0001 --yes --owing --everywhere")
        assert "git's history holds it in 1 commit" in told.err
        assert "--history-words FILE" in told.err
        assert kept.done("customer forget CU26-0001 --yes --format json").json["commits"] == 1

    def test_a_history_that_nobody_could_look_through_is_told(
        self, kept: Counter, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """On a machine without git the whole history stayed, and not a word was said of it."""
        monkeypatch.setenv("PATH", str(kept.folder / "nowhere"))
        told = kept("customer forget CU26-0001 --yes --owing --everywhere")
        assert told.code == 6
        assert "git's history was not looked through: git is not installed" in told.err

    def test_the_words_for_it_can_be_had_afterwards(
        self, kept: Counter, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        """The file holds each word as it stands in the history, for the owner alone; one there is not overwritten."""
        _forgotten(kept, "--everywhere")
        target = tmp_path_factory.mktemp("w") / "words"
        kept.done("customer forget CU26-0001 --yes --history-words", str(target))
        lines = target.read_text(encoding="utf-8").splitlines()
        assert {"literal:王建国==>…", "literal:13800138000==>…", "literal:王小明==>…"} <= set(lines)
        assert all(line.startswith("literal:") and line.endswith("==>…") for line in lines)
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
        assert kept("customer forget CU26-0001 --yes --history-words", str(target)).code == 5

    def test_words_of_somebody_who_stays_are_left_out(
        self, kept: Counter, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        """Git filter-repo changes today's files as well: a namesake would lose the name."""
        kept.done("customer add --name 王建国 --phone 13700137000")
        _forgotten(kept, "--everywhere")
        target = tmp_path_factory.mktemp("w") / "words"
        told = kept.done("customer forget CU26-0001 --yes --history-words", str(target))
        assert "王建国==>" not in target.read_text(encoding="utf-8")
        assert "left out" in told.err

    def test_no_words_left_are_no_file(self, kept: Counter, tmp_path_factory: pytest.TempPathFactory) -> None:
        """An empty list of words would rewrite the whole history, and every commit's name, for nothing."""
        target = tmp_path_factory.mktemp("w") / "words"
        kept.write("notes.txt", "".join(map(kept.text, ("CU26-0001", "CO26-0001", "SA26-0001"))))
        told = kept.done("customer forget CU26-0001 --yes --owing --history-words", str(target))
        assert "left out" in told.err
        assert "filter-repo" not in told.err
        assert not target.exists()

    def test_the_command_can_be_copied(self, kept: Counter, tmp_path_factory: pytest.TempPathFactory) -> None:
        """A blank in a path made two words of it."""
        target = tmp_path_factory.mktemp("w") / "my words"
        told = kept.done("customer forget CU26-0001 --yes --owing --everywhere --history-words", str(target))
        assert f"--replace-text '{target}' --replace-message '{target}'" in told.err

    @pytest.mark.parametrize("first", ["renumber", "forget"])
    def test_a_history_under_another_number_is_looked_through(
        self, kept: Counter, first: str, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        """The history was said to be clean while it held the name under the number of before."""
        commands = ["renumber CU26-0001", "customer forget CU26-0001 --yes --owing --everywhere"]
        kept.done("customer set CU26-0001 phones+=13700137000")
        kept.done("customer set CU26-0001 phones-=13700137000")
        for command in commands if first == "renumber" else reversed(commands):
            kept.done(command)
        target = tmp_path_factory.mktemp("w") / "words"
        kept.done("customer forget CU26-0003 --yes --history-words", str(target))
        lines = target.read_text(encoding="utf-8").splitlines()
        assert {"literal:王建国==>…", "literal:13700137000==>…"} <= set(lines)

    def test_to_whom_it_was_sent_goes_from_the_history_too(
        self, kept: Counter, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        """Their daughter's phone and house stayed in old versions of the sale, and the history was said to be clean."""
        kept.done("customer add --name 赵六六 --phone 13600136000")
        kept.done("sale set SA26-0001 deliver_to.name=王小红 deliver_to.phone=0571-88990011")
        sold = kept.done("sale add --customer CU26-0001 --product PR26-0001 --price 9 --to-address 拱墅区莫干山路100号")
        kept.done(f"sale remove {sold.out.strip()} --yes")
        kept.done("delivery add --sale SA26-0001 --to-name 赵六六 --to-phone 13600136000")
        kept.done("customer set CU26-0003 note=王小红的邻居，0571-8899-0011")
        assert (
            "also stands in: customers/2026/CU26-0003.yaml" in kept.done("customer forget CU26-0001 --yes --owing").err
        )
        _forgotten(kept, "--everywhere")
        assert "note: …的邻居，…" in kept.text("CU26-0003")
        target = tmp_path_factory.mktemp("w") / "words"
        kept.done("customer forget CU26-0001 --yes --history-words", str(target))
        said = target.read_text(encoding="utf-8")
        assert [word for word in ("王小红", "0571-88990011", "莫干山路100号") if word not in said] == []
        assert "赵六六" not in said

    def test_a_photo_that_is_gone_from_the_history_is_not_told(
        self, kept: Counter, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        """Who had taken it out as it was said was told for ever that it is there."""
        photo = tmp_path_factory.mktemp("w") / "photo.jpg"
        photo.write_bytes(b"a face")
        kept.done("attach CU26-0001", str(photo))
        assert "--invert-paths --path attachments/" in kept.done("customer forget CU26-0001 --yes --owing").err
        self._git(kept, "filter-branch", "-f", "--index-filter", "git rm -qr --cached --ignore-unmatch attachments")
        before = self._git(kept, "for-each-ref", "--format=%(refname)", "refs/original").strip()
        self._git(kept, "update-ref", "-d", before)
        self._git(kept, "reflog", "expire", "--expire=now", "--all")
        assert "attached file" not in kept.done("customer forget CU26-0001 --yes").err

    def test_a_number_given_twice_is_the_past_of_two(
        self, kept: Counter, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        """Who got the other number must not be taken out of the history with somebody who had it as well."""
        mine = kept.text("CU26-0001")
        kept.write("customers/2026/CU26-0001.yaml", "id: CU26-0001\nname: 赵六六\nphones: [13600136000]\n")
        kept.write("customers/2026/CU26-0100.yaml", f"{mine.replace('CU26-0001', 'CU26-0100')}formerly: [CU26-0001]\n")
        self._git(kept, "add", "-A")
        self._git(kept, "-c", "user.name=a", "-c", "user.email=a", "commit", "-qm", "x")
        target = tmp_path_factory.mktemp("w") / "words"
        kept.done("customer forget CU26-0001 --yes --owing --everywhere --history-words", str(target))
        assert NAME not in target.read_text(encoding="utf-8")
        assert "literal:赵六六==>…" in target.read_text(encoding="utf-8")

    def test_a_version_in_another_encoding_is_found(self, kept: Counter) -> None:
        """Saved by an old editor, the name stood in the history and was not seen there."""
        kept.write("notes.txt", "")
        (kept.folder / "notes.txt").write_bytes("王建国买了空调，请大家注意".encode("gb18030"))
        self._git(kept, "add", "-A")
        self._git(kept, "-c", "user.name=a", "-c", "user.email=a", "commit", "-qm", "x")
        (kept.folder / "notes.txt").unlink()
        told = kept.done("customer forget CU26-0001 --yes --owing --everywhere --format json")
        assert told.json["commits"] == 2

    def test_the_log_tells_nobody(self, kept: Counter) -> None:
        """What one word had just promised away, another still told to whoever asked."""
        kept.done("customer set CU26-0001 note=王建国爱喝茶 phones+=13700137000")
        kept.done("wish add --customer CU26-0001 --words 给王小明找一台")
        kept.done("wish remove WI26-0001 --yes")
        kept.done("sale set SA26-0001 deliver_to.phone=13700137000")
        kept.done("event set EV26-0001 guests.2.answered.said=王小明也来")
        kept.done("customer set CU26-0002 name=王五 note=王建国的邻居")
        _forgotten(kept, "--everywhere")
        gone = ("爱喝茶", "13700137000", "13800138000", "王小明", "文三路", "1958-")
        for line in ("log", "log CU26-0001", "log WI26-0001", "log SA26-0001", "log EV26-0001"):
            for way in ("", "--format json", "--as-of 2026-03-09"):
                told = kept.done(f"{line} {way}")
                assert [(line, way, word) for word in gone if word in told.out + told.err] == []
        assert "phones: added …" in kept.done("log CU26-0001").out
        assert "note: …" in kept.done("log CU26-0001").out

    def test_the_log_still_tells_of_others(self, kept: Counter) -> None:
        """That somebody was forgotten makes nobody else's history less."""
        kept.done("customer set CU26-0002 name=王五")
        _forgotten(kept)
        assert "name: 单雪梅 → 王五" in kept.done("log CU26-0002").out

    def test_in_chinese_it_is_called_what_it_is(self, kept: Counter) -> None:
        """A shop forgets nobody: it deletes what it knew; and a bracket of full width brings its own blank."""
        _forgotten(kept)
        assert "顾客 删除个人信息 CU26-0001（已删除）" in kept.done("log --limit 1 --lang zh").out

    def test_a_large_history_is_read_in_parcels(self, kept: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
        """Hundreds of pictures in the folder, read in one go, would want more memory than the shop's machine has."""
        from aftercare.book import git

        read = git.Git.read
        held: list[int] = []

        def counted(self: git.Git, *words: str, given: bytes = b"") -> bytes:
            out = read(self, *words, given=given)
            held.extend([len(out)] if words == ("cat-file", "--batch") else [])
            return out

        monkeypatch.setattr(git, "AT_ONCE", 2000)
        monkeypatch.setattr(git.Git, "read", counted)
        assert kept.done("customer forget CU26-0001 --yes --owing --everywhere --format json").json["commits"] == 1
        assert len(held) > 1
        assert max(held) < 4000
