"""``report --serve``: the report and its records, shown to a browser on this machine and to nobody else.

It answers GET and HEAD on the loopback alone, reads the book anew for each page, and writes nothing.  A page of another
origin that has its name point to this machine (DNS rebinding) is refused by the name that it asks for.
"""

from __future__ import annotations

import gc
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from threading import BoundedSemaphore, Lock
from typing import Any, NamedTuple

from aftercare import language
from aftercare.book.ids import parse
from aftercare.commands.measuring import asked_period
from aftercare.commands.report import page_of
from aftercare.commands.session import Session
from aftercare.commands.unexpected import is_shown_whole, remedy, sentence_of
from aftercare.errors import DONE, AftercareError, CannotServe
from aftercare.language import _
from aftercare.render.output import say
from aftercare.render.record_page import record_page
from aftercare.render.report import absent_page

HOST = "127.0.0.1"
HTTP = 80
"""The port that browsers leave out of what they ask for."""
AT_ONCE = 16
"""So many connections are held at a time; a browser opens some before it knows what to ask for."""
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_BUSY = "".join(
    f"{line}\r\n"
    for line in (
        "HTTP/1.0 503 Service Unavailable",
        "Content-Type: text/plain",
        "Content-Length: 4",
        "Retry-After: 1",
        *(f"{name}: {said}" for name, said in HEADERS.items()),
        "",
    )
)
_RECORD = re.compile(r"/record/([A-Z]{2}[0-9]{2}-[0-9]{4,9})", re.ASCII)


class Answer(NamedTuple):
    """What is answered: the code of HTTP, and a page, or words for a fault."""

    code: int
    text: str
    is_page: bool = True


class Lasting(Session):
    """A session that answers many times over: what is wrong with a file is said once, not with every page."""

    def __init__(self, asked: Session) -> None:
        super().__init__()
        vars(self).update(vars(asked))
        self._opened = []
        self.said: set[str] = set()

    def clock(self) -> datetime:
        """The time of this page, not of the first."""
        self._clock = None
        return super().clock()

    def warn(self, line: str) -> None:
        """A line on stderr that was not said before."""
        if line not in self.said:
            self.said.add(line)
            super().warn(line)


def serve_until_stopped(session: Session, period: str | None, port: int) -> None:
    """Serve until Ctrl-C, which is how it is meant to end; CannotServe where the port is not to be had.

    The exit code is 0 then, whatever was wrong with the book meanwhile.
    """
    gc.enable()  # a command that ends soon does without; this one lasts all day
    session.book()
    if period is not None:
        asked_period(session, period)  # what is no period is said now, not to the browser
    with server_of(session, period, port) as server:
        address = f"http://{HOST}:{server.server_port}/"
        try:
            say(_("the report is at {address} until interrupted").format(address=address))
            server.serve_forever(poll_interval=0.2)
        except KeyboardInterrupt:
            say(_("stopped"))
    session.exit_code = DONE


def server_of(session: Session, period: str | None, port: int) -> Server:
    """The server, bound to the loopback and to the *port*, 0 being any that is free."""
    reading = Lock()  # one page at a time: the language and the index are of the process
    spoken = language.current()
    lasting = Lasting(session)

    def answer(path: str) -> Answer:
        with reading, language.speaking(spoken):
            try:
                return _answer(lasting, period, path)
            finally:
                lasting.close()  # in the thread that opened it

    try:
        return Server(port, answer)
    except OSError as error:
        raise CannotServe(HOST, port, str(error.strerror)) from error


def _answer(session: Session, period: str | None, path: str) -> Answer:
    """What is at a path, and where it cannot be shown the reason, in the language in use."""
    try:
        text = _page(session, period, path)
    except AftercareError as error:
        return Answer(500, f"{error.sentence}\n", is_page=False)
    except Exception as error:  # noqa: BLE001 - one page that cannot be made takes no other with it
        _tell(error)
        return Answer(500, f"{sentence_of(error)}\n", is_page=False)
    return Answer(200, text) if text is not None else Answer(404, absent_page())


def _page(session: Session, period: str | None, path: str) -> str | None:
    """The page at a path; None where there is none."""
    if path == "/":
        return page_of(session, period, live=True)
    asked = _RECORD.fullmatch(path)
    if asked is None or parse(asked[1]) is None:
        return None
    shelf = session.read(session.book())
    record = shelf.get(asked[1])
    return record_page(record, shelf) if record else None


def _tell(error: BaseException) -> None:
    """A fault of the program itself, on the operator's terminal: one line, all of it only where that is asked for."""
    if is_shown_whole():
        sys.excepthook(type(error), error, error.__traceback__)
    else:
        say(f"aftercare: {sentence_of(error)}")
        say(remedy())


class Server(ThreadingHTTPServer):
    """A server on the loopback that asks nobody what this machine is called; ``answer`` gives what is at a path.

    It holds :data:`AT_ONCE` connections, and to any more it says that it is busy.
    """

    request_queue_size = AT_ONCE

    def __init__(self, port: int, answer: Callable[[str], Answer]) -> None:
        self.answer = answer
        self.free = BoundedSemaphore(AT_ONCE)
        self.spoken = language.current()
        super().__init__((HOST, port), Answers)

    def server_bind(self) -> None:
        """Take the address as it is."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread of its own, while one is free."""
        if self.free.acquire(blocking=False):
            super().process_request(request, client_address)
            return
        with suppress(OSError):
            request.setblocking(False)
            request.sendall(f"{_BUSY}503\n".encode())
            request.recv(65536)  # what was sent and is not read would take the answer with it
        self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer, and be free for another."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever goes away, or reloads, is nobody's fault; anything else is said in one line."""
        error = sys.exception()
        if error is not None and not isinstance(error, (ConnectionError, TimeoutError)):
            with language.speaking(self.spoken):
                _tell(error)


class Answers(BaseHTTPRequestHandler):
    """What is answered to a browser; every method but GET and HEAD is refused by the class it is made from."""

    server: Server
    server_version = "aftercare"
    sys_version = ""
    timeout = 30

    def do_GET(self) -> None:
        """A page."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """What a page would be sent with."""
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        found = self._found()
        data = found.text.encode("utf-8", "replace")
        self.send_response(found.code)
        self.send_header("Content-Type", f"text/{'html' if found.is_page else 'plain'}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if with_body:
            self.wfile.write(data)

    def _found(self) -> Answer:
        if not is_ours(self.headers.get_all("Host") or [], self.server.server_port):
            return Answer(403, "403\n", is_page=False)
        return self.server.answer(self.path.partition("?")[0])

    def end_headers(self) -> None:
        """Every answer, a refusal too, says that nothing may be loaded, kept or guessed."""
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is noted of who looks at what."""


def is_ours(hosts: list[str], port: int) -> bool:
    """Whether a request names this machine by itself, and the port that it came to, which of HTTP's own is left out."""
    names = ("localhost", "127.0.0.1", "[::1]")
    own = {f"{name}:{port}" for name in names} | (set(names) if port == HTTP else set())
    return len(hosts) == 1 and hosts[0].lower() in own
