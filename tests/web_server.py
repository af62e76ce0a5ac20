"""A real `gangwei serve` in a process of its own, and requests to it byte for byte."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NamedTuple, Self

BOUNDARY = "----gangwei-test"


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Server:
    """The page on a free port."""

    def __init__(self, workspace: Path, *options: str) -> None:
        self.workspace = workspace
        self._call = [sys.executable, "-c", "import sys; from gangwei.cli import main; sys.exit(main())", "serve"]
        self._call += ["--port", "0", "--workers", "1", "--workspace", str(workspace), *options]

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(self._call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert "http://" in line, line or (self.process.stderr and self.process.stderr.read())
        self.address = line.split()[1].rstrip("/")
        self.host = self.address.removeprefix("http://")
        self.token = self.get("/api/token").json["token"]
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> str:
        """End it as Ctrl-C does; what it said on standard error."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        said = self.process.communicate(timeout=30)[1]
        assert self.process.returncode == 0, (self.process.returncode, said)
        return said

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """An answer; headers as given, `_` for `-`; the host and the token are right where they are not named."""
        sent = {"host": self.host} | (
            {"x-gangwei-token": self.token} if method != "GET" and self.__dict__.get("token") else {}
        )
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = HTTPConnection(self.host, timeout=60)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in (sent | {"content-length": str(len(body or b""))} | sent).items():
                if value:
                    connection.putheader(name, value)
            connection.endheaders(body)
            found = connection.getresponse()
            return Answer(found.status, {k.lower(): v for k, v in found.getheaders()}, found.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, **headers)

    def tell(self, path: str, content: object = None) -> Answer:
        return self.ask("POST", path, json.dumps(content).encode(), content_type="application/json")

    def upload(self, *files: tuple[str, bytes]) -> Answer:
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        return self.ask("POST", "/api/files", form(*files), content_type=kind)

    def correct(self, document: int, **correction: object) -> Answer:
        version = self.get(f"/api/documents/{document}").json["document"]["_corrections"]
        return self.tell(f"/api/documents/{document}/corrections", {"version": version, "correction": correction})

    def settled(self, seconds: float = 60) -> dict[str, Any]:
        """How uploads stand once all are read."""
        until = time.monotonic() + seconds
        while not {"done", "failed"} >= set((found := self.get("/api/files").json)["states"]):
            assert time.monotonic() < until, found["states"]
            time.sleep(0.05)
        return dict(found)


def form(*files: tuple[str, bytes]) -> bytes:
    """A form with files in it."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode() + content
        for name, content in files
    ]
    return b"\r\n".join([*parts, f"--{BOUNDARY}--\r\n".encode()])
