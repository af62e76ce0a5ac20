"""The server: one socket on this machine, one workspace, until it is stopped."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import uvicorn

from gangwei.errors import UsageError
from gangwei.web.app import make_app
from gangwei.web.comparison import Comparison
from gangwei.web.desk import Desk
from gangwei.web.reader import Terms
from gangwei.web.store import Store

_EVERY: Final = ("0.0.0.0", "::")  # addresses that mean all of the machine's


def serve(
    workspace: Path,
    terms: Terms,
    *,
    host: str,
    port: int,
    names: Sequence[str],
    workers: int,
    ready: Callable[[str], None],
) -> None:
    """Serve until SIGINT or SIGTERM; `ready` is told the address once connections are taken."""
    store = Store(workspace)
    try:
        with _listening(host, port) as listener:
            bound = listener.getsockname()[1]
            desk = Desk(store, terms, workers)
            app = make_app(store, desk, Comparison(store, terms.rules), hosts_of(host, bound, names))
            config = uvicorn.Config(
                app,
                log_level="warning",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=2,
            )
            ready(f"http://{'127.0.0.1' if host in _EVERY else _written(host)}:{bound}/")
            with suppress(KeyboardInterrupt):  # the way to stop it
                uvicorn.Server(config).run(sockets=[listener])
    finally:
        store.close()


def hosts_of(host: str, port: int, names: Sequence[str] = ()) -> frozenset[str]:
    """The Host headers that mean this server.

    >>> sorted(hosts_of("127.0.0.1", 8700))
    ['127.0.0.1:8700', 'localhost:8700']
    """
    known = {*names, *(("127.0.0.1", "localhost") if host in _EVERY else (_written(host),))}
    if _is_loopback(host):
        known |= {"localhost"}
    return frozenset(f"{name}:{port}" for name in known) | (frozenset(known) if port == 80 else frozenset())


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(512)
    except OSError as error:
        listener.close()
        raise UsageError(f"{host}:{port} cannot be listened on: {error.strerror}; take another --port") from None
    return listener


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
