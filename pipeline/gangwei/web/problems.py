"""What a request is refused with: RFC 9457 problem details, with a code that the page has words for."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import JSONResponse


class Problem(Exception):  # noqa: N818  (what RFC 9457 calls it)
    """A request that cannot be served; `code` names the kind, `detail` says what to do."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail


def problem_response(problem: Problem, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The answer that says so."""
    content = {
        "type": "about:blank",
        "title": TITLES.get(problem.status, "Error"),
        "status": problem.status,
        "code": problem.code,
        "detail": problem.detail,
    }
    return JSONResponse(content, problem.status, headers, media_type="application/problem+json")


TITLES = {
    400: "Bad request",
    403: "Forbidden",
    404: "Not found",
    405: "Method not allowed",
    409: "Conflict",
    413: "Content too large",
    415: "Unsupported media type",
    421: "Misdirected request",
    422: "Not a correction that fits",
    500: "A fault of gangwei's own",
    503: "Not now",
    507: "No room",
}
