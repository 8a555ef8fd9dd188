"""A service that takes messages, on this machine; and a user's own folders, for tests that send."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

SECRET = "s3cr3tK3y"  # noqa: S105 - it is looked for where it must not be


class Service:
    """What it got, and how it answers: 200 as long as ``takes`` says so."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.takes = True
        self.got: list[dict[str, Any]] = []
        self.paths: list[str] = []

    def url(self, path: str = "") -> str:
        """Its address, with a secret in it."""
        return f"json://localhost:{self.port}/{SECRET}{path}"


@contextmanager
def listening() -> Iterator[Service]:
    """A service on a free port of the loopback."""

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.paths.append(self.path)
            if service.takes:
                service.got.append(json.loads(body))
            self.send_response(200 if service.takes else 500)
            self.end_headers()

        def log_message(self, *_args: Any) -> None:
            """Nothing is noted."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    service = Service(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Own:
    """The user's own folders: the settings, and the outbox of the one book there is."""

    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.home = home
        monkeypatch.setenv("HOME", str(home))
        for name in ("CONFIG", "STATE"):
            monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        self.file = home / "config/aftercare/notify.yaml"

    def says(self, text: str, mode: int = 0o600) -> None:
        """Write the settings."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(text, "utf-8")
        self.file.chmod(mode)

    @property
    def outbox(self) -> Path:
        """The folder in which messages wait."""
        return next((self.home / "state/aftercare/outbox").glob("*"))

    def messages(self, place: str = ".") -> list[str]:
        """The names of the files in a place of the outbox."""
        return sorted(path.name for path in (self.outbox / place).glob("*.txt"))
