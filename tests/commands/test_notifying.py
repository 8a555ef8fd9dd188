"""``due --notify``: the day's list to those who work here, messages to customers, and nothing twice."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from aftercare.book.book import Book
from aftercare.commands import sending
from aftercare.commands.session import Session
from aftercare.errors import Fault
from tests import counter as small_shop
from tests.counter import Counter
from tests.notices import SECRET, Own, Service, listening

CUSTOMERS = "due --notify customers"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The machine's clock, which tests put where they like."""
    at = [datetime(2026, 3, 10, 10, 0)]
    monkeypatch.setattr(Session, "clock", lambda _session: at[0])
    return at


@pytest.fixture
def counter(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, clock: list[datetime]
) -> Counter:
    """The small shop, at ten o'clock."""
    assert clock
    return small_shop.opened(tmp_path / "book", capsys, monkeypatch)


@pytest.fixture
def own(tmp_path: Path, counter: Counter, monkeypatch: pytest.MonkeyPatch) -> Own:
    """The user's own folders."""
    assert counter
    return Own(tmp_path / "home", monkeypatch)


@pytest.fixture(scope="module")
def listener() -> Iterator[Service]:
    """A service for all tests of this module."""
    with listening() as found:
        yield found


@pytest.fixture
def service(listener: Service) -> Service:
    """A service that has got nothing so far, and takes what it gets."""
    listener.takes, listener.got, listener.paths = True, [], []
    return listener


def _late(counter: Counter, own: Own, service: Service) -> None:
    """One customer has something late, and there is a channel to customers."""
    counter.write(
        "customers/2026/CU26-0002.yaml", "id: CU26-0002\nname: 单雪梅\nleft: {on: 2026-03-09, reason: 搬走}\n"
    )
    own.says(f"customers: ['{service.url()}']\n")


def test_without_settings_messages_wait_in_the_outbox(counter: Counter, own: Own) -> None:
    """A file for each message, for the owner alone, with headers and text; the book knows nothing of it yet."""
    before = counter.files()
    rows = counter.done(f"{CUSTOMERS} --format json").json
    assert {row["state"] for row in rows} == {"waiting"}
    assert counter.files() == before
    files = own.messages()
    assert "2026-03-06.delay.SA26-0001_1_deliver.txt" in files
    assert len(files) == len(rows)
    first = own.outbox / "2026-03-06.delay.SA26-0001_1_deliver.txt"
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    assert stat.S_IMODE(own.outbox.stat().st_mode) == 0o700
    text = first.read_text("utf-8")
    assert "To: 王建国 13800138000\nSubject: 阳光家电: your delivery is late\n" in text
    assert "\nPromise: SA26-0001/1/deliver\n" in text
    assert "\n\nDear 王建国,\n" in text


def test_lines_of_one_sale_are_one_message(counter: Counter, own: Own) -> None:
    """Two things that come together are told of together."""
    assert own
    rows = counter.done(f"{CUSTOMERS} --format json").json
    both = [row for row in rows if row["customer"] == "CU26-0002"]
    assert [row["promises"] for row in both] == [["SA26-0002/1/deliver", "SA26-0002/2/deliver"]]
    assert "折叠椅, 空调 KFR-35" in both[0]["text"]


def test_what_was_sent_by_hand_is_written_down(counter: Counter, own: Own) -> None:
    """``--sent`` makes a contact of each message, which says what was told; then nothing is told again."""
    counter.done(CUSTOMERS)
    count = len(own.messages())
    counter.done(f"{CUSTOMERS} --sent")
    assert own.messages() == own.messages("sent") == []
    visits = [text.decode() for file, text in counter.files().items() if file.startswith("visits/2026/VI26-000")]
    told = [text for text in visits if "tags: [notice delay" in text]
    assert len(told) == count
    mine = next(text for text in told if "SA26-0001/1/deliver" in text)
    for piece in ("customer: CU26-0001", "channel: message", "purpose: other", "outcome: reached", "Dear 王建国,"):
        assert piece in mine
    assert "keeps:" not in mine
    again = counter.done(CUSTOMERS)
    assert (again.out, again.err, own.messages()) == ("", "", [])
    counter.done("check book")


def test_a_message_goes_out_once(counter: Counter, own: Own, service: Service) -> None:
    """A service takes each message; the book says so in the same run, and the second run is silent."""
    _late(counter, own, service)
    rows = counter.done(f"{CUSTOMERS} --format json").json
    assert [row["state"] for row in rows] == ["sent"] * len(service.got)
    assert all(row["visit"].startswith("VI26-") and row["channel"] == "json-1" for row in rows)
    assert {one["title"] for one in service.got} >= {"阳光家电: your delivery is late"}
    assert own.messages() == own.messages("sent") == own.messages("sending") == []
    again = counter.done(CUSTOMERS)
    assert (again.out, again.err) == ("", "")
    assert len(service.got) == len(rows)


def test_all_contacts_are_one_commit(counter: Counter, own: Own, service: Service, tmp_path: Path) -> None:
    """Whatever was sent in one run stands in the history as one deed."""
    assert counter
    own.says(f"customers: ['{service.url()}']\n")
    book = tmp_path / "mine"
    counter.done(f"init {book} --name 阳光家电")
    for name, phone in (("甲", "13800138011"), ("乙", "13800138012")):
        counter.done(f"-C {book} --today 2026-03-08 customer add --name {name} --phone {phone}")
        counter.done(f"-C {book} --today 2026-03-08 promise add --to {name} --what 送货单 --due 2026-03-09")
    before = _commits(book)
    counter.done(f"-C {book} {CUSTOMERS}")
    assert len(service.got) == 2
    assert _commits(book) == before + 1
    counter.done(f"-C {book} undo --yes")


def _commits(book: Path) -> int:
    done = subprocess.run(
        ["git", "-C", str(book), "rev-list", "--count", "HEAD"], capture_output=True, text=True, check=True
    )
    return int(done.stdout)


def test_what_fails_is_said_kept_and_tried_again(counter: Counter, own: Own, service: Service) -> None:
    """One line without the secret, exit 75 for cron, the message in ``failed/``; the next run sends it."""
    _late(counter, own, service)
    service.takes = False
    failed = counter(CUSTOMERS)
    assert failed.code == 75
    assert "was not taken by json-1; it is kept and tried again next time" in failed.err
    kept = own.messages("failed")
    assert kept
    assert not [file for file in counter.files() if file.startswith("visits/") and "VI26-0001" not in file]
    service.takes = True
    done = counter.done(CUSTOMERS)
    assert len(done.lines) == len(service.got) == len(kept)
    assert own.messages("failed") == []


def test_the_secret_is_nowhere(counter: Counter, own: Own, service: Service, caplog: pytest.LogCaptureFixture) -> None:
    """Not on the streams, in the outbox, the book or the logs; whether it is taken, refused, or nobody listens."""
    _late(counter, own, service)
    said = ""
    for takes, url in ((False, service.url()), (True, f"json://localhost:1/{SECRET}"), (True, service.url())):
        service.takes = takes
        own.says(f"shop: ['{url}']\ncustomers: ['{url}']\n")
        for line in (CUSTOMERS, "due --notify", f"{CUSTOMERS} --dry-run --format json"):
            said += "".join(map(str, counter(line)))
    for file in own.outbox.rglob("*"):
        said += file.read_text("utf-8") if file.is_file() else file.name
    said += "".join(data.decode() for data in counter.files().values()) + caplog.text
    assert service.got
    assert SECRET not in said


@pytest.mark.parametrize(
    "text",
    [
        f"shop: 'json://{SECRET}'\n",
        f"customers: ['{SECRET}']\n",
        f"customers: ['json://x/{{name}}{SECRET}']\n",
        f"shop: ['json://x/{{phone}}{SECRET}']\n",
        f"{SECRET}: 1\n",
        f"shop: [{SECRET}\n",
        f"shop: [&a {SECRET}]\n",
        f"shop: [{{url: 'json://x', key: {SECRET}}}]\n",
        f"quiet: {SECRET}\n",
        f"outbox: {SECRET}\n",
    ],
)
def test_settings_that_say_nothing_are_refused_unquoted(counter: Counter, own: Own, text: str) -> None:
    """File and line, and what is wanted; what stands there may be the secret."""
    own.says(text)
    refused = counter(CUSTOMERS)
    assert refused.code == 2
    assert re.search(r"notify\.yaml:[12]: ", refused.err)
    assert SECRET not in refused.err


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_settings_that_others_may_see_are_refused(counter: Counter, own: Own, mode: int) -> None:
    """A secret that others can read is none, and addresses that others can write are theirs."""
    own.says("shop: []\n", mode)
    refused = counter(CUSTOMERS)
    assert refused.code == 5
    assert "chmod 600" in refused.err


def test_a_book_gives_no_settings_and_takes_no_outbox(
    counter: Counter, own: Own, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A book may be somebody else's: addresses in it count for nothing, and nothing is put into it."""
    (counter.folder / "aftercare").mkdir()
    (counter.folder / "aftercare/notify.yaml").write_text("shop: ['json://evil']\n", "utf-8")
    (counter.folder / "aftercare/notify.yaml").chmod(0o600)
    assert counter.done(f"{CUSTOMERS} --format json").json
    assert counter(f"{CUSTOMERS} --outbox {counter.folder}/out").code == 5
    monkeypatch.setenv("XDG_CONFIG_HOME", str(counter.folder))
    refused = counter(CUSTOMERS)
    assert refused.code == 5
    assert "lies in the book" in refused.err
    assert own


def test_an_outbox_belongs_to_one_book_and_one_user(counter: Counter, own: Own, tmp_path: Path) -> None:
    """What another book's shop sent is no fact of this one; and what others may write into is no outbox."""
    assert own
    (tmp_path / "other").mkdir(mode=0o700)
    (tmp_path / "other/.book").write_text("/somewhere/else\n", "utf-8")
    assert counter(f"{CUSTOMERS} --outbox {tmp_path}/other").code == 5
    open_to_all = tmp_path / "open"
    open_to_all.mkdir()
    open_to_all.chmod(0o777)
    assert counter(f"{CUSTOMERS} --outbox {open_to_all}").code == 5


def test_a_folder_of_the_operators_own_is_not_made_an_outbox(counter: Counter, own: Own, tmp_path: Path) -> None:
    """A slip of ``--outbox ~`` put a lock, a note and messages with customers' names among the operator's own files,
    and took away what was called like something half-written there.
    """
    assert own
    foreign = tmp_path / "documents"
    foreign.mkdir(mode=0o700)
    for name in ("letter.txt", "draft.1.new", "sent"):
        (foreign / name).write_text("mine", "utf-8")
    for to in ("customers", "shop"):
        refused = counter(f"due --notify {to} --outbox {foreign}")
        assert (refused.code, refused.out) == (5, "")
        assert "something else lies in it: draft.1.new" in refused.err
    assert sorted(file.name for file in foreign.iterdir()) == ["draft.1.new", "letter.txt", "sent"]
    assert counter("", "due", "--notify", "shop", "--outbox", "").code == 2
    (tmp_path / "empty").mkdir(mode=0o700)
    for folder in ("empty", "empty", "new/deep"):
        assert counter(f"{CUSTOMERS} --outbox {tmp_path}/{folder}").code == 0, folder


def test_an_outbox_that_lost_its_owner_in_a_power_cut_goes_on(counter: Counter, own: Own) -> None:
    """Messages would have waited for ever in a folder that no run takes for an outbox any more."""
    counter.done(CUSTOMERS)
    waiting = sorted(file.name for file in own.outbox.glob("*.txt"))
    (own.outbox / ".book").write_bytes(b"")
    (own.outbox / f"{waiting[0]}.4711.new").write_text("half", "utf-8")
    counter.done(CUSTOMERS)
    assert sorted(file.name for file in own.outbox.glob("*.txt")) == waiting
    assert (own.outbox / ".book").read_text("utf-8")


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ("do_not_contact: 别联系\n", "do_not_contact"),
        ("do_not_contact: 别联系\ndo_not_contact_on: 2026-03-10\n", "do_not_contact"),
        ("do_not_contact: 别联系\ndo_not_contact_on: 2026-03-09\n", "do_not_contact"),
        ("contact: {by: phone}\n", "other_channel"),
        ("contact: {by: message}\n", None),
        ("consent: {quiet: 09:00-11:00}\n", "quiet_hours"),
        ("consent: {quiet: 10:00-10:01}\n", "quiet_hours"),
        ("consent: {quiet: 09:00-10:00}\n", None),
        ("consent: {quiet: '22:00-09:00, 9:30-11:00'}\n", "quiet_hours"),
        ("consent: {quiet: 午睡时别打}\n", "quiet_unclear"),
        ("consent: {messages: no, greetings: no}\n", None),
    ],
)
def test_who_is_not_to_be_written_to_is_not(counter: Counter, own: Own, facts: str, why: str | None) -> None:
    """What a customer said holds for every message; it is counted, and JSON says whom and why."""
    counter.write("customers/2026/CU26-0001.yaml", f"id: CU26-0001\nname: 王建国\nphones: [13800138000]\n{facts}")
    printed = counter.done(f"{CUSTOMERS} --format json")
    mine = [row for row in printed.json if row["customer"] == "CU26-0001"]
    assert {row["why"] for row in mine} == {why}
    assert {row["state"] for row in mine} == {"held" if why else "waiting"}
    assert ("held back: " in printed.err) == (why is not None)
    assert any("SA26-0001" in name for name in own.messages()) == (why is None)


def test_who_declined_the_last_message_gets_no_other(counter: Counter, own: Own) -> None:
    """A message that was declined is the last one, until one is welcome again."""
    assert own
    line = "visit add --customer CU26-0001 --channel message --purpose other"
    counter.done(f"{line} --outcome declined --at 2026-03-09")
    rows = counter.done(f"{CUSTOMERS} --format json").json
    assert {row["why"] for row in rows if row["customer"] == "CU26-0001"} == {"declined"}
    counter.done(f"{line} --outcome reached --at 2026-03-10")
    rows = counter.done(f"{CUSTOMERS} --format json").json
    assert {row["why"] for row in rows if row["customer"] == "CU26-0001"} == {None}


def test_what_waits_is_taken_out_once_it_is_no_longer_so(counter: Counter, own: Own) -> None:
    """Kept meanwhile, or no longer welcome: nobody sends by hand what is over."""
    counter.done(CUSTOMERS)
    counter.done("delivery sign DE26-0002 --by 王建国 --at 2026-03-10")
    counter.done("customer set CU26-0002 do_not_contact=别再发")
    again = counter.done(CUSTOMERS)
    assert "taken out of the outbox, since it is no longer so: 2" in again.err
    assert [name for name in own.messages() if ".delay.SA26-0001_1_deliver" in name or "SA26-0002" in name] == []


@pytest.mark.parametrize(
    ("time", "quiet"),
    [
        ("20:59", False),
        ("21:00", True),
        ("23:59", True),
        ("00:00", True),
        ("07:59", True),
        ("08:00", False),
    ],
)
def test_no_customer_is_written_to_at_night(counter: Counter, own: Own, time: str, quiet: bool) -> None:
    """From nine in the evening, on the minute, to eight in the morning, over midnight."""
    assert own
    rows = counter.done(f"--today 2026-03-10T{time} {CUSTOMERS} --format json").json
    assert {row["why"] for row in rows} == ({"quiet_hours"} if quiet else {None})


def test_the_shop_may_set_its_own_quiet_hours(counter: Counter, own: Own) -> None:
    """``quiet:`` in the user's settings; ``none`` leaves the customers' own."""
    own.says("quiet: 12:00-14:00\n")
    rows = counter.done(f"--today 2026-03-10T12:30 {CUSTOMERS} --dry-run --format json").json
    assert {row["why"] for row in rows} == {"quiet_hours"}
    own.says("quiet: none\n")
    rows = counter.done(f"--today 2026-03-10T23:30 {CUSTOMERS} --dry-run --format json").json
    assert {row["why"] for row in rows} == {None}


@pytest.mark.parametrize(
    ("world", "is_quiet"),
    [
        ("2026-03-28T06:59", True),
        ("2026-03-28T07:00", False),
        ("2026-03-29T05:59", True),  # clocks were put forward in the night
        ("2026-03-29T06:00", False),
        ("2026-10-25T06:59", True),  # and back
        ("2026-10-25T07:00", False),
    ],
)
def test_the_hour_is_the_shops(tmp_path: Path, counter: Counter, own: Own, world: str, is_quiet: bool) -> None:
    """Eight in the morning in Berlin is when it is eight there, wherever the server is."""
    assert own
    book = tmp_path / "berlin"
    counter.done(f"init {book} --name Laden --no-git")
    with (book / "aftercare.yaml").open("a", encoding="utf-8") as settings:
        settings.write("time_zone: Europe/Berlin\n")
    day = world[:10]
    counter.done(f"-C {book} --today 2026-01-05 customer add --name Anna --phone 03012345678")
    counter.done(f"-C {book} --today {day}T00:30 promise add --to Anna --what appointment --due {day}T18:00")
    program = (
        "import sys, datetime as d; from aftercare.commands import bearings; from aftercare.cli import run\n"
        "class Then(d.datetime):\n"
        "    @classmethod\n"
        f"    def now(cls, tz=None): return d.datetime.fromisoformat('{world}+00:00').astimezone(tz)\n"
        "bearings.datetime = Then; sys.exit(run(sys.argv[1:]))"
    )
    words = [sys.executable, "-c", program, "-C", str(book), *CUSTOMERS.split(), "--dry-run", "--format", "json"]
    environment = {"PYTHONPATH": os.pathsep.join(sys.path), "HOME": str(own.home), "TZ": "Asia/Shanghai"}
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=True)
    assert [row["why"] for row in json.loads(done.stdout)] == ["quiet_hours" if is_quiet else None]


def test_a_dry_run_writes_nothing(counter: Counter, own: Own, service: Service) -> None:
    """Each message in full, and to whom; no folder, no file, no lock, no connection."""
    own.says(f"customers: ['{service.url()}']\nshop: ['{service.url()}']\n")
    before = counter.files()
    shown = counter.done(f"{CUSTOMERS} --dry-run")
    assert "to be sent delay notice 王建国 13800138000 json-1 SA26-0001/1/deliver" in shown.lines
    assert "    Dear 王建国," in shown.lines
    assert "SA26-0001/1/deliver" in counter.done("due --notify --dry-run").out
    assert (service.paths, counter.files()) == ([], before)
    assert not (own.home / "state").exists()


def test_another_day_never_leaves_the_machine(counter: Counter, own: Own, service: Service) -> None:
    """Who tries what next month brings does not write to everybody: it stays in the outbox, and is said."""
    own.says(f"customers: ['{service.url()}']\nshop: ['{service.url()}']\n")
    for line in (CUSTOMERS, "due --notify"):
        printed = counter.done(f"--today 2026-03-11 {line}")
        assert "--today is another day than it is: messages stay in the outbox" in printed.err
    assert service.paths == []
    assert own.messages()
    assert counter(f"--as-of 2026-03-09 {CUSTOMERS}").code == 2


def test_the_list_of_the_day_goes_to_the_shop_once(counter: Counter, own: Own, service: Service) -> None:
    """As one message on each channel; the same list is not sent again on that day, another one is."""
    own.says(f"shop: [{{name: 群, url: '{service.url()}'}}, '{service.url()}']\n")
    first = counter.done("due --notify --format json").json
    assert [(row["state"], row["channel"]) for row in first] == [("sent", "群"), ("sent", "json-2")]
    assert service.got[0]["message"].splitlines() == counter.done("due").lines
    again = counter.done("due --notify")
    assert (again.out, again.err, len(service.got)) == ("", "", 2)
    counter.done("promise add --to 1 --what 回电话 --due today")
    counter.done("due --notify")
    assert len(service.got) == 4
    assert {file.read_text("utf-8") for file in (own.outbox / "sent").glob("*.txt")} == {""}
    assert counter("due --notify --what greeting --exit-code").code == 0
    assert len(service.got) == 4


def test_the_list_without_a_channel_waits_in_the_outbox(counter: Counter, own: Own) -> None:
    """Once a day; tomorrow's takes its place."""
    counter.done("due --notify")
    assert counter.done("due --notify").out == ""
    (first,) = own.messages()
    assert "王建国" in (own.outbox / first).read_text("utf-8")
    counter.done("--today 2026-03-11 due --notify")
    assert first not in own.messages()
    assert counter("due --notify --exit-code").code == 1


def test_one_channel_that_fails_does_not_send_twice_on_the_other(counter: Counter, own: Own, service: Service) -> None:
    """Each channel of the shop has its own message."""
    own.says(f"shop: ['{service.url()}', 'json://localhost:1/{SECRET}']\n")
    assert counter("due --notify").code == 75
    assert counter("due --notify").code == 75
    assert len(service.got) == 1


def test_the_first_channel_that_takes_it_is_enough(counter: Counter, own: Own, service: Service) -> None:
    """For a customer further channels are for when one fails, or has no address of theirs."""
    counter.write(
        "customers/2026/CU26-0001.yaml", "id: CU26-0001\nname: 王建国\nphones: ['+86 138-0013-8000 转 9', w@例.cn]\n"
    )
    own.says(
        f"customers: ['{service.url('/mail/{email}')}', 'json://localhost:1/x/{{phone}}',"
        f" '{service.url('/sms/{phone}')}']\n"
    )
    rows = counter.done(f"{CUSTOMERS} --what deliver --format json").json
    assert [row["channel"] for row in rows] == ["json-3", "json-3"]
    assert service.paths[0] == f"/{SECRET}/sms/+8613800138000"
    assert len(service.got) == 2


def test_the_index_changes_nothing(
    own: Own, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the sample shop, on several days: the same messages with the index and without it."""
    book = own.home.parent / "sample"
    shutil.copytree(Path(__file__).parent.parent.parent / "data", book)
    counter = Counter(book, capsys)
    for day in ("2026-11-18", "2026-11-20", "2026-11-21T09:00", "2026-12-01"):
        line = f"-C {book} --today {day} {CUSTOMERS} --dry-run --format json"
        monkeypatch.setenv("AFTERCARE_INDEX", "off")
        files = counter.done(line).json
        monkeypatch.delenv("AFTERCARE_INDEX")
        assert counter.done(line).json == files
        assert files


def test_who_has_no_address_is_left_to_a_hand(counter: Counter, own: Own, service: Service) -> None:
    """The message waits in the outbox, and it is said why."""
    counter.write("customers/2026/CU26-0001.yaml", "id: CU26-0001\nname: 王建国\n")
    own.says(f"customers: ['{service.url('/{phone}')}']\n")
    rows = counter.done(f"{CUSTOMERS} --format json").json
    assert {(row["state"], row["why"]) for row in rows if row["customer"] == "CU26-0001"} == {("waiting", "no_address")}
    assert any("SA26-0001" in name for name in own.messages())


def test_a_name_that_means_harm_stays_one_line(counter: Counter, own: Own, service: Service) -> None:
    """Lines, headers, formulas, braces and what turns text around: a name is a name in one line."""
    name = "王\\nBcc: all@example.com{phone}\\u200B=HYPERLINK(1)"
    counter.write("customers/2026/CU26-0001.yaml", f'id: CU26-0001\nname: "{name}"\nphones: ["1\\n2&to=x@y.z"]\n')
    counter.done(CUSTOMERS)
    for file in own.outbox.glob("*.txt"):
        head = file.read_text("utf-8").partition("\n\n")[0]
        assert not [line for line in head.split("\n") if line.startswith("Bcc")]
        assert "\u200b" not in head
    own.says(f"customers: ['{service.url('/{phone}')}', '{service.url('/all')}']\n")
    counter(CUSTOMERS)
    assert all("\n" not in one["title"] for one in service.got)
    assert all("to=" not in path for path in service.paths)
    printed = counter(f"--today 2026-03-10 {CUSTOMERS} --dry-run --format csv").out
    assert "\n=HYPERLINK" not in printed
    assert "\u200b" not in printed


def test_killed_while_sending_is_asked_of_a_person(counter: Counter, own: Own, service: Service) -> None:
    """What lies in ``sending/`` may have been sent: it is said each time, and never sent by itself."""
    _late(counter, own, service)

    def killed(*_args: object) -> bool:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sending, "sent", killed)
        assert counter(CUSTOMERS).code == 130
    (doubtful,) = own.messages("sending")
    said = counter(CUSTOMERS)
    assert said.code == 5
    assert "may have been sent, or not" in said.err
    assert own.messages("sending") == [doubtful]
    later = counter(f"--today 2026-05-10 {CUSTOMERS}")
    assert (later.code, doubtful in later.err) == (5, True)
    count = len(service.got)
    (own.outbox / "sending" / doubtful).rename(own.outbox / "sent" / doubtful)
    done = counter.done(CUSTOMERS)
    assert done.out.startswith("recorded delay notice")
    assert len(service.got) == count
    assert counter.done(CUSTOMERS).out == ""


def test_nothing_is_written_down_of_who_was_forgotten(counter: Counter, own: Own) -> None:
    """A message that was sent names them: it goes, and no record keeps it."""
    counter.done(CUSTOMERS)
    name = next(name for name in own.messages() if "SA26-0002" in name)
    (own.outbox / "sent").mkdir(mode=0o700)
    (own.outbox / name).rename(own.outbox / "sent" / name)
    for line in ("delivery sign SA26-0002 --by 单雪梅", "customer forget CU26-0002 --reason 本人要求 --yes"):
        counter.done(line)
    before = counter.files()
    counter.done(CUSTOMERS)
    assert counter.files() == before
    assert own.messages("sent") == []


def test_a_file_that_says_nothing_is_not_lost(counter: Counter, own: Own) -> None:
    """Something emptied a message that was sent: it is said, stays where it lies, and nothing is sent again."""
    counter.done(CUSTOMERS)
    name = own.messages()[0]
    counter.done(f"{CUSTOMERS} --dry-run")
    (own.outbox / "sent").mkdir(mode=0o700)
    (own.outbox / name).rename(own.outbox / "sent" / name)
    (own.outbox / "sent" / name).write_text("", "utf-8")
    said = counter(CUSTOMERS)
    assert said.code == 5
    assert f"sent/{name} cannot be written down: it does not say what was told" in said.err
    assert name in own.messages("sent")
    assert name not in own.messages()


def test_what_was_sent_by_hand_may_be_written_down_days_later(counter: Counter, own: Own) -> None:
    """It was sent, however it stands with the promise by now."""
    counter.done(CUSTOMERS)
    count = len(own.messages())
    counter.done("delivery sign DE26-0002 --by 王建国 --at 2026-03-10")
    assert len(counter.done(f"--today 2026-03-30 {CUSTOMERS} --sent").lines) == count


def test_the_second_run_waits_for_the_first(counter: Counter, own: Own, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two runs at once would send the same: the outbox is held, and cron is told to try again."""
    from filelock import FileLock

    from aftercare.book import outbox as outboxes

    assert own
    counter.done(CUSTOMERS)
    monkeypatch.setattr(outboxes, "WAIT", 0.05)
    with FileLock(own.outbox / ".lock"):
        printed = counter(CUSTOMERS)
    assert printed.code == 75
    assert str(own.outbox) in printed.err
    assert "the book" not in printed.err


def test_no_customer_is_written_to_twice_by_two_runs_of_cron(
    counter: Counter, own: Own, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second waited for the first, and sees in the book what that one has sent."""
    from aftercare.book import outbox as outboxes

    _late(counter, own, service)
    opened = outboxes.opened

    def after_another(*asked: Any) -> Any:
        monkeypatch.setattr(outboxes, "opened", opened)
        assert counter.done(CUSTOMERS).out
        return opened(*asked)

    monkeypatch.setattr(outboxes, "opened", after_another)
    assert counter.done(CUSTOMERS).out == ""
    titles = [(one["title"], one["message"]) for one in service.got]
    assert len(titles) == len(set(titles)) > 0


@pytest.mark.parametrize("words", ["due --notify", CUSTOMERS])
def test_nobody_is_written_to_in_the_name_of_no_shop(
    counter: Counter, own: Own, service: Service, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    """The settings say who writes, and in which language; a disk that did not give them once had a list go out as
    nobody's.
    """
    own.says(f"customers: ['{service.url()}']\nshop: ['{service.url()}']\n")
    settings = Book._settings

    def refused(book: Book) -> Any:
        return settings(book)[0], [Fault("aftercare.yaml", 1, "unreadable", "cannot be read: Input/output error")]

    monkeypatch.setattr(Book, "_settings", refused)
    stopped = counter(words)
    assert (stopped.code, stopped.out, service.got) == (3, "", [])
    assert "aftercare.yaml:1: unreadable" in stopped.err


def test_two_runs_that_begin_one_outbox_do_not_fail_each_other(
    tmp_path: Path, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who begins an outbox writes nothing into it before it is held: who holds it clears away what is half-written."""
    from filelock import FileLock

    from aftercare.book import outbox as outboxes
    from aftercare.errors import OutboxHeld

    monkeypatch.setattr(outboxes, "WAIT", 0.05)
    folder = tmp_path / "new"
    folder.mkdir(mode=0o700)
    with FileLock(folder / ".lock"), pytest.raises(OutboxHeld), outboxes.opened(folder, counter.folder):
        pass
    assert [file.name for file in folder.iterdir()] == [".lock"]


def test_a_kill_leaves_no_half_message_with_a_customers_name_in_the_outbox(counter: Counter, own: Own) -> None:
    """What was half-written goes with the next run; what else lies there is somebody's."""
    counter.done(CUSTOMERS)
    (own.outbox / "sent").mkdir(mode=0o700, exist_ok=True)
    halves = [own.outbox / "2026-03-06.delay.x.txt.4711.new", own.outbox / "sent" / "2026-03-06.delay.y.txt.12.new"]
    for half in (*halves, own.outbox / "mine.new"):
        half.write_text("To: 王建国")
    counter.done(CUSTOMERS)
    assert [half.exists() for half in halves] == [False, False]
    assert (own.outbox / "mine.new").exists()


def test_what_bars_the_outbox_is_named(counter: Counter, own: Own) -> None:
    """A file where a folder of the outbox should be: it is named, and nothing is said of the output."""
    counter.done(CUSTOMERS)
    (own.outbox / "sent").write_text("")
    refused = counter(f"{CUSTOMERS}")
    assert refused.code == 5
    assert str(own.outbox / "sent") in refused.err


def test_killed_before_it_was_written_down(counter: Counter, own: Own, service: Service) -> None:
    """Sent, and the book not written: the next run writes it down and does not send it again."""
    from aftercare.commands import notifying_customers

    _late(counter, own, service)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(notifying_customers, "write_down", lambda *_args: (_ for _ in ()).throw(KeyboardInterrupt))
        assert counter(CUSTOMERS).code == 130
    count = len(service.got)
    assert len(own.messages("sent")) == count > 0
    counter.done(CUSTOMERS)
    assert (len(service.got), own.messages("sent")) == (count, [])
    # The book was written, and the file still lies there: it is known by its mark.
    counter.done(f"{CUSTOMERS}")
    assert counter.done(CUSTOMERS).out == ""


def test_a_greeting_keeps_its_promise(counter: Counter, own: Own) -> None:
    """Only who agreed is greeted, on the day; in the customer's language; written down later it counts for its day."""
    counter.write(
        "customers/2026/CU26-0001.yaml",
        "id: CU26-0001\nname: Wang\nphones: [13800138000]\nlanguage: 中文\nsince: 2026-03-01\n"
        "birthday: 1958-03-10\nconsent: {greetings: yes}\n",
    )
    counter.write(
        "customers/2026/CU26-0002.yaml",
        "id: CU26-0002\nname: 单雪梅\nphones: [13900131234]\nsince: 2026-03-01\nbirthday: 1958-03-10\n",
    )
    rows = [row for row in counter.done(f"{CUSTOMERS} --format json").json if row["notice"] == "greeting"]
    assert [(row["customer"], row["language"], row["subject"]) for row in rows] == [
        ("CU26-0001", "zh", "阳光家电祝您生日快乐")
    ]
    name = next(name for name in own.messages() if ".greeting." in name)
    (own.outbox / "sent").mkdir(mode=0o700)
    (own.outbox / name).rename(own.outbox / "sent" / name)
    counter.done(f"--today 2026-03-11 {CUSTOMERS}")
    assert "CU26-0001/birthday.2026" in counter.done("--today 2026-03-11 promise list --state kept --format ids").lines
    visit = next(text.decode() for text in counter.files().values() if b"purpose: greeting" in text)
    assert "at: 2026-03-10\n" in visit


def test_an_appointment_is_told_the_day_before_and_keeps_that_promise(counter: Counter, own: Own) -> None:
    """Who comes and when; what a plan promises to be told is kept by it, and nothing else."""
    assert own
    with (counter.folder / "aftercare.yaml").open("a", encoding="utf-8") as settings:
        settings.write("packs: [place, service-informing]\n")
    counter.done(
        "--today 2026-03-05 sale add --customer CU25-0007 --product PR26-0001 --price 1 --deliver-by 2026-03-11"
    )
    counter.done("--today 2026-03-05 delivery add --sale SA26-0003 --person ST25-0001")
    rows = counter.done(f"{CUSTOMERS} --format json").json
    mine = next(row for row in rows if row["notice"] == "appointment")
    assert mine["promises"] == ["SA26-0003/1/deliver"]
    assert "Who comes: 李师傅" in mine["text"]
    done = counter.done(f"{CUSTOMERS} --sent")
    assert "keeps DE26-0003/tell-coming.1, in time" in done.err
    assert "keeps SA26-0003" not in done.err


def test_a_new_time_is_told_and_an_old_delay_is_not(counter: Counter, own: Own) -> None:
    """What we put off is told with the new time, once for each time; what is late for weeks is for a call."""
    assert own
    counter.done("delivery postpone DE26-0002 --to 2026-03-14T18:00 --asked-by shop --agreed --reason 车坏了")
    rows = counter.done(f"{CUSTOMERS} --format json").json
    mine = next(row for row in rows if row["id"] == "SA26-0001/1/deliver")
    assert (mine["notice"], mine["due"]) == ("delay", "2026-03-14T18:00")
    assert "has a new time" in mine["text"]
    later = counter.done(f"--today 2026-04-20 {CUSTOMERS} --dry-run --format json").json
    assert later == []


def test_another_window_of_the_same_day_is_told(counter: Counter, own: Own) -> None:
    """Who was told nine to twelve, and is to wait from eleven now, hears of it; once."""
    assert own
    counter.done("delivery postpone DE26-0002 --to 2026-03-11T18:00 --asked-by customer --reason 上班")
    counter.done(CUSTOMERS)
    counter.done(f"{CUSTOMERS} --sent")
    counter.done(
        "delivery postpone DE26-0002 --from 2026-03-11T16:00 --to 2026-03-11T18:00 --asked-by customer --reason 上班"
    )
    rows = counter.done(f"{CUSTOMERS} --format json").json
    assert [(row["notice"], row["promises"]) for row in rows] == [("appointment", ["SA26-0001/1/deliver"])]
    counter.done(f"{CUSTOMERS} --sent")
    assert counter.done(f"{CUSTOMERS} --format json").json == []


def test_an_apology_that_is_owed_is_written(counter: Counter, own: Own) -> None:
    """Kept late: the message says that we are sorry, and keeps the apology."""
    assert own
    counter.done("delivery sign DE26-0002 --by 王建国 --at 2026-03-10")
    rows = counter.done(f"{CUSTOMERS} --format json").json
    assert [row["promises"] for row in rows if row["notice"] == "apology"] == [["SA26-0001/1/deliver/apology"]]
    done = counter.done(f"{CUSTOMERS} --sent")
    assert "keeps SA26-0001/1/deliver/apology, in time" in done.err


def test_without_the_extra_it_says_what_is_missing(counter: Counter, own: Own, monkeypatch: pytest.MonkeyPatch) -> None:
    """With addresses and without the library: one line, and how to get it; without addresses it is not needed."""
    monkeypatch.setattr(sending, "find_spec", lambda _name: None)
    counter.done(CUSTOMERS)
    own.says("customers: ['json://localhost:1']\n")
    missing = counter(CUSTOMERS)
    assert missing.code == 2
    assert "aftercare-book[notify]" in missing.err


@pytest.mark.parametrize(
    "line",
    [
        "due --dry-run",
        "due --outbox x",
        "due --sent",
        "due --notify --sent",
        f"{CUSTOMERS} --within 7d",
        f"{CUSTOMERS} --sent --dry-run",
        f"{CUSTOMERS} --exit-code",
        f"{CUSTOMERS} --limit 0",
        "due --notify everybody",
    ],
)
def test_flags_that_do_not_go_together(counter: Counter, own: Own, line: str) -> None:
    """Wrong use is exit 2 and does nothing."""
    assert own
    assert counter(line).code == 2
    assert not (own.home / "state").exists()


def test_from_cron(counter: Counter, own: Own) -> None:
    """An empty environment has no HOME: the outbox is in that of the account, or where it is named; Chinese works."""
    out = own.home / "out"
    words = [sys.executable, "-m", "aftercare", "-C", str(counter.folder), "--today", "2026-03-10", "--lang", "zh"]
    environment = {"PYTHONPATH": os.pathsep.join(sys.path)}
    line = [*words, "due", "--notify", "customers", "--outbox", str(out), "--format", "json"]
    done = subprocess.run(line, env=environment, capture_output=True, text=True, check=True, cwd="/")
    rows = json.loads(done.stdout)
    assert "阳光家电：送货没能按时，抱歉" in {row["subject"] for row in rows}
    assert "留在发件箱，等人发出" in done.stderr
    again = subprocess.run(line, env=environment, capture_output=True, text=True, check=True, cwd="/")
    assert (json.loads(again.stdout), again.stderr) == ([], "")


@pytest.mark.parametrize("place", ["waiting", "sent"])
def test_a_folder_called_like_a_message_does_not_stop_the_messages(counter: Counter, own: Own, place: str) -> None:
    """What is no file is nobody's message; an unexpected failure in cron would have kept every customer untold."""
    counter.done(CUSTOMERS)
    folder = own.outbox if place == "waiting" else own.outbox / place
    (folder / "2026-03-10.delay.x.txt").mkdir(parents=True)
    assert counter(CUSTOMERS).code == 0


def test_an_outbox_whose_places_are_no_folders_is_named(counter: Counter, own: Own) -> None:
    """The operator reads which folder it is, and not that the answer could not be printed."""
    counter.done(CUSTOMERS)
    (own.outbox / "sent").write_text("x")
    printed = counter(CUSTOMERS)
    assert printed.code == 5
    assert str(own.outbox / "sent") in printed.err


def test_settings_turned_into_comments_are_none(counter: Counter, own: Own) -> None:
    """Who takes every line out for a day still has the outbox; a settings file that is a folder is named."""
    own.says("# shop: [json://x/]\n")
    assert counter(CUSTOMERS).code == 0
    own.file.unlink()
    own.file.mkdir()
    printed = counter(CUSTOMERS)
    assert (printed.code, "notify.yaml:1: " in printed.err) == (2, True)
