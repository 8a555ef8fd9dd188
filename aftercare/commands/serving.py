"""``report --serve``: the report and its records, shown to a browser on this machine and to nobody else.

It answers GET and HEAD on the loopback alone, reads the book anew for each page, and writes nothing.  A page of another
origin that has its name point to this machine (DNS rebinding) is refused by the name that it asks for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from threading import Lock
from typing import Any

from aftercare import language
from aftercare.book.ids import parse
from aftercare.commands.measuring import asked_period
from aftercare.commands.report import page_of
from aftercare.commands.session import Session
from aftercare.errors import AftercareError, CannotServe
from aftercare.language import _
from aftercare.render.output import say
from aftercare.render.record_page import record_page

HOST = "127.0.0.1"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_RECORD = re.compile(r"/record/([A-Z]{2}[0-9]{2}-[0-9]{4,9})", re.ASCII)


def serve_until_stopped(session: Session, period: str | None, port: int) -> None:
    """Serve until Ctrl-C, which is how it is meant to end; CannotServe where the port is not to be had."""
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


def server_of(session: Session, period: str | None, port: int) -> Server:
    """The server, bound to the loopback and to the *port*, 0 being any that is free."""
    reading = Lock()  # one page at a time: the language and the index are of the process
    spoken = language.current()

    def page(path: str) -> str | None:
        with reading, language.speaking(spoken):
            return _page(session, period, path)

    try:
        return Server(port, page)
    except OSError as error:
        raise CannotServe(HOST, port, str(error.strerror)) from error


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


class Server(ThreadingHTTPServer):
    """A server on the loopback that asks nobody what this machine is called; ``page`` gives what is at a path."""

    def __init__(self, port: int, page: Callable[[str], str | None]) -> None:
        self.page = page
        super().__init__((HOST, port), Answers)

    def server_bind(self) -> None:
        """Take the address as it is."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, int(self.server_address[1])


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
        code, text = self._found()
        data = text.encode("utf-8", "replace")
        self.send_response(code)
        self.send_header("Content-Type", f"text/{'html' if code == 200 else 'plain'}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if with_body:
            self.wfile.write(data)

    def _found(self) -> tuple[int, str]:
        if not _is_ours(self.headers.get_all("Host") or [], self.server.server_port):
            return 403, "403\n"
        try:
            found = self.server.page(self.path)
        except AftercareError as error:
            return 500, f"{error.sentence}\n"
        return (200, found) if found is not None else (404, "404\n")

    def end_headers(self) -> None:
        """Every answer, a refusal too, says that nothing may be loaded, kept or guessed."""
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is noted of who looks at what."""


def _is_ours(hosts: list[str], port: object) -> bool:
    """Whether a request names this machine by itself, and the port that it came to."""
    own = {f"{name}:{port}" for name in ("localhost", "127.0.0.1", "[::1]")}
    return len(hosts) == 1 and hosts[0].lower() in own
