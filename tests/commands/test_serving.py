"""``report --serve``: this machine alone, by its own name, and nothing is ever written."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from aftercare.commands import serving
from aftercare.commands.serving import AT_ONCE, HEADERS, Server, is_ours, server_of
from aftercare.commands.session import Session
from tests.counter import TODAY, Counter, opened
from tests.report_pages import Page
from tests.the_index import but_for_it


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The shop."""
    return opened(tmp_path, capsys, monkeypatch)


@pytest.fixture
def server(counter: Counter) -> Iterator[Server]:
    """The shop's report, served."""
    with served(Session(folder=str(counter.folder), lang="en")) as running:
        yield running


@contextmanager
def served(session: Session) -> Iterator[Server]:
    """The report of a session's book."""
    session.book()
    with server_of(session, None, 0) as running:
        thread = Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


class Answer(http.client.HTTPResponse):
    """What was answered; ``text`` is its body."""

    text: str


def asked(server: Server, path: str, host: str | None = None, method: str = "GET") -> Answer:
    """What a browser is answered, that names the machine as *host*; "" names none."""
    with closing(http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=30)) as line:
        line.response_class = Answer
        line.putrequest(method, path, skip_host=True)
        host = f"127.0.0.1:{server.server_port}" if host is None else host
        for one in filter(None, host.split(",")):
            line.putheader("Host", one)
        line.endheaders()
        answer = line.getresponse()
        assert isinstance(answer, Answer)
        answer.text = answer.read().decode()
        return answer


def test_it_is_bound_to_the_loopback(server: Server) -> None:
    """Nobody else on the shop's network can look at the customers."""
    assert server.socket.family == socket.AF_INET
    assert server.socket.getsockname()[0] == "127.0.0.1"


def test_the_report_is_made_anew_for_each_look(server: Server, counter: Counter) -> None:
    """What was sold a minute ago is on the page."""
    first = asked(server, "/")
    assert first.status == 200
    assert "林冬" not in first.text
    counter.write("customers/2026/CU26-0003.yaml", "id: CU26-0003\nname: 林冬\nphones: [13700131234]\n")
    counter.write(
        "promises/2026/PM26-0002.yaml",
        "id: PM26-0002\nto: CU26-0003\nwhat: other\nwords: 送目录\ndue: 2026-03-09\nmade_on: 2026-03-03\n",
    )
    assert "林冬" in asked(server, "/").text


def test_every_record_that_the_report_names_has_a_page(server: Server) -> None:
    """Every link of the pages leads somewhere, and none of them leaves the machine."""
    page = Page(asked(server, "/").text)
    assert list(page.active()) == []
    assert page.dangling() == []
    todo, seen = {link for link in page.links if link.startswith("/record/")}, set[str]()
    assert len(todo) > 3
    while todo:
        path = todo.pop()
        seen.add(path)
        answer = asked(server, path)
        assert answer.status == 200, path
        record = Page(answer.text)
        assert list(record.active()) == []
        todo |= {link for link in record.links if link.startswith("/record/")} - seen


def test_a_record_is_shown_with_every_field(server: Server) -> None:
    """What the file says, and the way to what it names."""
    text = asked(server, "/record/SA26-0001").text
    page = Page(text)
    assert "sales/2026/SA26-0001.yaml" in page.text
    assert '<dt>customer</dt><dd><a href="/record/CU26-0001">CU26-0001</a></dd>' in text
    for said in ("KF35-001", "3299.00", "2026-03-06T18:00"):
        assert said in page.text


@pytest.mark.parametrize(
    "path",
    [
        "/x",
        "/record/",
        "/record/SA26-9999",
        "/record/sa26-0001",
        "/record/../aftercare.yaml",
        "/x?a=/",
        "/record/XX26-0001",
    ],
)
def test_everything_else_is_not_there(path: str, server: Server) -> None:
    """A path is never a file; whoever followed a link that leads nowhere gets back."""
    answer = asked(server, path)
    page = Page(answer.text)
    assert answer.status == 404
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert [link for link in page.links if link != "data:,"] == ["/"]
    assert list(page.active()) == []
    assert "There is nothing here" in page.text


@pytest.mark.parametrize("query", ["?", "?x", "?a=1&b=/../x"])
def test_what_follows_a_question_mark_is_nothing_to_us(query: str, server: Server) -> None:
    """Mail programs and bookmarks add their own; the page was not to be had then."""
    assert asked(server, f"/record/SA26-0001{query}").text == asked(server, "/record/SA26-0001").text
    assert (asked(server, f"/{query}").status, asked(server, f"/{query}").text) == (200, asked(server, "/").text)


def test_a_name_that_only_points_here_is_refused(server: Server) -> None:
    """A web page that lets its own name mean 127.0.0.1 would have read every customer (DNS rebinding)."""
    port = server.server_port
    for host in (
        "evil.example",
        f"evil.example:{port}",
        "127.0.0.1",
        f"127.0.0.1:{port + 1}",
        "",
        f"127.1:{port}",
    ):
        answer = asked(server, "/", host)
        assert (answer.status, answer.text) == (403, "403\n"), host
    assert asked(server, "/", f"127.0.0.1:{port},evil.example").status == 403
    for host in ("localhost", "LOCALHOST", "127.0.0.1", "[::1]"):
        assert asked(server, "/record/SA26-0001", f"{host}:{port}").status == 200


def test_browsers_leave_the_port_of_http_out() -> None:
    """With --port 80 every page was refused to its owner; on any other port the bare name is somebody else's."""
    assert is_ours(["localhost"], 80)
    assert is_ours(["127.0.0.1:80"], 80)
    assert is_ours(["[::1]"], 80)
    assert not is_ours(["localhost"], 8765)
    assert not is_ours(["evil.example"], 80)
    assert not is_ours(["localhost", "evil.example"], 80)
    assert not is_ours([], 80)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"])
def test_there_is_nothing_to_send(method: str, server: Server) -> None:
    """It is a view."""
    assert asked(server, "/", method=method).status == 501


def test_head_is_get_without_the_page(server: Server) -> None:
    """As HTTP has it."""
    answer = asked(server, "/record/SA26-0001", method="HEAD")
    assert (answer.status, answer.text) == (200, "")
    assert int(answer.headers["Content-Length"]) > 500


def test_every_answer_forbids_what_could_carry_it_away(server: Server) -> None:
    """Pages, refusals and errors alike: no script, no frame, no copy, no word to the next page where one came from."""
    for answer in (asked(server, "/"), asked(server, "/x"), asked(server, "/", "x"), asked(server, "/", method="POST")):
        for name, value in HEADERS.items():
            assert answer.headers[name] == value
        assert "Python" not in str(answer.headers)
    assert HEADERS["Cache-Control"] == "no-store"
    assert HEADERS["Referrer-Policy"] == "no-referrer"
    assert HEADERS["X-Content-Type-Options"] == "nosniff"


def test_a_faulty_file_does_not_stop_it(server: Server, counter: Counter) -> None:
    """The rest is shown, and the page says that something is missing; mended, it is whole again."""
    good = counter.text("SA26-0001")
    counter.write("sales/2026/SA26-0001.yaml", "id: [\n")
    answer = asked(server, "/")
    assert answer.status == 200
    assert "1 fault in the book's files" in Page(answer.text).text
    assert asked(server, "/record/SA26-0001").status == 404
    counter.write("sales/2026/SA26-0001.yaml", good)
    assert "in the book's files" not in Page(asked(server, "/").text).text
    counter.write("aftercare.yaml", "country: [\n")
    answer = asked(server, "/")
    assert answer.status == 200
    assert "1 fault in the book's files" in Page(answer.text).text
    counter.write("aftercare.yaml", "shop: 阳光家电\ncountry: CN\ngit: no\n")
    assert asked(server, "/").status == 200


def test_a_fault_is_said_once(counter: Counter, capsys: pytest.CaptureFixture[str]) -> None:
    """However often the page is loaded; once the file is mended and it all ends, the end is a good one (exit 0)."""
    good = counter.text("SA26-0001")
    counter.write("sales/2026/SA26-0001.yaml", "id: [\n")
    session = Session(folder=str(counter.folder), lang="en")
    with served(session) as server:
        capsys.readouterr()
        assert [asked(server, path).status for path in ("/", "/", "/record/SA26-0002")] == [200, 200, 200]
        counter.write("sales/2026/SA26-0001.yaml", good)
        assert asked(server, "/").status == 200
    said = capsys.readouterr().err.splitlines()
    assert [line.partition(":")[0] for line in said] == ["sales/2026/SA26-0001.yaml"]
    assert session.exit_code == 0


def test_whoever_goes_away_is_nobodys_fault(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    """A page that is reloaded before it is there drops its connection: a traceback stood on the operator's terminal."""
    ended = Event()
    whole = server.shutdown_request

    def shut(request: object) -> None:
        whole(request)  # type: ignore[arg-type]
        ended.set()

    server.shutdown_request = shut  # type: ignore[method-assign]
    capsys.readouterr()
    for path in ("/", "/record/SA26-0001"):
        ended.clear()
        with socket.create_connection(("127.0.0.1", server.server_port)) as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # close with a reset
            line.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost:{server.server_port}\r\n\r\n".encode())
        assert ended.wait(30)
    assert asked(server, "/record/SA26-0001").status == 200
    assert capsys.readouterr().err == ""


def test_a_dropped_connection_is_told_from_a_fault(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    """What breaks between the page and its reader is silent if it is the line, and one line if it is ours."""
    for error, said in (
        (ConnectionResetError(), ""),
        (BrokenPipeError(), ""),
        (TimeoutError(), ""),
        (KeyError("13800138000"), "aftercare: an unexpected fault: KeyError, aftercare.cli\n"),
    ):
        capsys.readouterr()
        try:
            raise error
        except (OSError, KeyError):
            server.handle_error(None, None)
        assert capsys.readouterr().err.partition("for all of it")[0] == said


@pytest.mark.parametrize("debug", ["", "1"])
def test_a_page_that_cannot_be_made_takes_no_other_with_it(
    debug: str, server: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A fault of ours dropped the connection without an answer, and its traceback named customers on the terminal."""

    def broken(*_: object) -> str:
        raise KeyError("13800138000")

    monkeypatch.setenv("AFTERCARE_DEBUG", debug)
    monkeypatch.setattr(serving, "record_page", broken)
    capsys.readouterr()
    answer = asked(server, "/record/SA26-0001")
    assert (answer.status, answer.headers["Content-Type"]) == (500, "text/plain; charset=utf-8")
    assert answer.text.startswith("an unexpected fault: KeyError, aftercare.commands.serving:")
    assert "13800138000" not in answer.text
    said = capsys.readouterr().err
    if debug:
        assert said.startswith("Traceback")
    else:
        assert said.startswith(f"aftercare: {answer.text}")
        assert len(said.splitlines()) == 2
    assert asked(server, "/").status == 200


def test_a_book_that_is_gone_is_said_on_the_page(server: Server, counter: Counter) -> None:
    """In the sentence that any command would say; put back, it is shown again."""
    (counter.folder / "aftercare.yaml").rename(counter.folder / "away")
    answer = asked(server, "/")
    assert (answer.status, answer.headers["Content-Type"]) == (500, "text/plain; charset=utf-8")
    assert str(counter.folder) in answer.text
    (counter.folder / "away").rename(counter.folder / "aftercare.yaml")
    assert asked(server, "/").status == 200


def test_more_than_it_can_hold_are_told_to_come_again(server: Server) -> None:
    """Whoever opened connections without end took all the memory of the machine; so many are held, and then freed."""
    with ExitStack() as held:
        for _ in range(AT_ONCE):
            held.enter_context(socket.create_connection(("127.0.0.1", server.server_port)))
        answer = asked(server, "/record/SA26-0001")
        assert (answer.status, answer.text) == (503, "503\n")
        for name, value in HEADERS.items():
            assert answer.headers[name] == value
        assert int(answer.headers["Retry-After"]) > 0
    freed = [server.free.acquire(timeout=60) for _ in range(AT_ONCE)]  # it has seen that they are gone
    assert all(freed)
    for _ in freed:
        server.free.release()
    assert asked(server, "/record/SA26-0001").status == 200


def test_looking_writes_nothing(server: Server, counter: Counter) -> None:
    """However often the page is loaded."""
    before = {path: path.stat().st_mtime_ns for path in but_for_it(counter.folder.rglob("*"))}
    for path in ("/", "/record/SA26-0001", "/x"):
        asked(server, path)
    assert {path: path.stat().st_mtime_ns for path in but_for_it(counter.folder.rglob("*"))} == before


def test_a_port_that_is_taken_is_said(server: Server, counter: Counter) -> None:
    """Exit 5, and the way out."""
    refused = counter(f"report --serve --port {server.server_port}")
    assert refused.code == 5
    said = f"127.0.0.1:{server.server_port} is not to be had: Address already in use"
    assert refused.err == f"aftercare: {said}\nname another port: --port N\n"


@pytest.mark.parametrize("fault", ["", "sales/2026/SA26-0001.yaml"])
def test_ctrl_c_ends_it(fault: str, counter: Counter) -> None:
    """It is how it is meant to end: exit 0, two lines, and data on stdout there is none.

    A file with a fault has a third line, and changes nothing else.
    """
    if fault:
        counter.write(fault, "id: [\n")
    words = [sys.executable, "-P", "-m", "aftercare", "report", "--serve", "--port", "0"]
    around = {**os.environ, "AFTERCARE_TODAY": TODAY, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        words, cwd=counter.folder, env=around, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stderr is not None
        first = running.stderr.readline()
        assert first.startswith("the report is at http://127.0.0.1:")
        port = int(first.split(" until ")[0].rstrip("/").rpartition(":")[2])
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as line:
            line.request("GET", "/")
            assert line.getresponse().status == 200
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)
    said = err.splitlines()
    assert (running.returncode, out, said[-1]) == (0, "", "stopped")
    assert [line.partition(":")[0] for line in said[:-1]] == [fault] * bool(fault)
