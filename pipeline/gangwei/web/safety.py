"""Who is answered: only requests to this page's own name, and changes only from this page's own scripts.

A page of another site can send requests here, from the browser of the person who has both open. It cannot read answers
(no CORS header is ever sent), cannot set the token's header, and cannot keep the browser from saying where a request
comes from. A name of another site that was made to lead here is not our name.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gangwei.web.problems import Problem, problem_response

TOKEN_HEADER: Final = "x-gangwei-token"
# Requests with a body that change nothing: for scripts, which have no page to take the token from.
WITHOUT_TOKEN: Final = frozenset({"/extract"})
_READING: Final = frozenset({"GET", "HEAD"})
_ROOM: Final = 1 << 20  # what a form is larger than the file in it


class Guard:
    """Lets through what may come through; sets the headers that every answer has."""

    def __init__(self, app: ASGIApp, *, hosts: Collection[str], token: str, most: int) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)
        self._token = token
        self._most = most + _ROOM

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                # What is shown is of now; scripts and styles are asked for anew, and mostly answered with "not changed".
                is_ours = scope["path"].startswith("/static/")
                headers["cache-control"] = "no-cache" if is_ours else "no-store"
            await send(message)

        try:
            self._check(scope)
        except Problem as problem:
            await problem_response(problem, {"connection": "close"})(scope, receive, send_guarded)
            return
        await self._app(scope, _counted(receive, self._most), send_guarded)

    def _check(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        host = headers.get("host", "").lower()
        if len(headers.getlist("host")) != 1 or host not in self._hosts:
            raise Problem(421, "host", "this server answers to its own name only; open the address that it printed")
        site = headers.get("sec-fetch-site", "same-origin")
        origin = headers.get("origin")
        if scope["method"] in _READING:
            is_link = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
            if site in ("cross-site", "same-site") and not is_link:
                raise Problem(403, "cross-site", "another site asked for this")
            return
        if site != "same-origin" or (
            origin is not None and origin.lower() not in (f"http://{host}", f"https://{host}")
        ):
            raise Problem(403, "cross-site", "another site sent this; nothing was changed")
        if scope["path"] not in WITHOUT_TOKEN and not self._is_ours(headers.get(TOKEN_HEADER, "")):
            raise Problem(403, "token", f"changes need the header {TOKEN_HEADER}; reload the page, or get /api/token")
        if (length := headers.get("content-length", "0")).isdigit() and int(length) > self._most:
            raise too_large(self._most - _ROOM)

    def _is_ours(self, token: str) -> bool:
        return hmac.compare_digest(token.encode(), self._token.encode())


def too_large(most: int) -> Problem:
    """A file is over the limit."""
    return Problem(413, "bytes", f"larger than {most >> 20} MB, more than one upload may be (limit: bytes)")


def _counted(receive: Receive, most: int) -> Receive:
    """The request's body, no further than it may go, whatever its header says."""
    left = most

    async def receive_counted() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise too_large(most - _ROOM)
        return message

    return receive_counted


HEADERS: Final = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}
