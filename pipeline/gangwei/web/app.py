"""The routes: pages, the interface that they use, and the guard before both."""

from __future__ import annotations

import contextlib
import json
import logging
import secrets
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from concurrent.futures import TimeoutError as Late
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import IO, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from gangwei.web import answers, review, uploads
from gangwei.web.annotations import export_lines, import_lines
from gangwei.web.comparison import ARCHIVE as COMPARED
from gangwei.web.comparison import Comparison
from gangwei.web.desk import Desk
from gangwei.web.exports import Exports, organisation
from gangwei.web.gold import gold_archive
from gangwei.web.limits import ALLOWANCE, READING
from gangwei.web.openapi import document as openapi
from gangwei.web.problems import Problem, problem_response
from gangwei.web.rows import described, table_page
from gangwei.web.safety import Guard
from gangwei.web.store import Store

_EXTRACT_WAIT: Final = 300.0  # seconds for a document that is asked for, with those before it
_PARTS: Final = 1_000  # of a form


def make_app(store: Store, desk: Desk, comparison: Comparison, hosts: Collection[str]) -> Starlette:
    """The application for one workspace; it answers to these hosts."""
    token = secrets.token_urlsafe(24)
    pages = Environment(loader=PackageLoader("gangwei.web"), autoescape=True, undefined=StrictUndefined)
    shell = pages.get_template("page.html").render(styles=STYLES, scripts=SCRIPTS)

    def page(_: Request) -> Response:
        return HTMLResponse(shell)

    def session(_: Request) -> Response:
        limits = ALLOWANCE._asdict() | {"members": READING.members, "unpacked": READING.unpacked}
        return JSONResponse({"token": token, "limits": limits, "tables": described()})

    @contextlib.asynccontextmanager
    async def running(_: Starlette) -> AsyncIterator[None]:
        desk.start()
        yield
        comparison.end()
        await run_in_threadpool(desk.stop)

    folder = Path(str(files("gangwei.web")))
    routes = [
        *(Route(path, page) for path in PAGES),
        Mount("/static/shared", StaticFiles(directory=folder.parent / "report" / "shared")),
        Mount("/static", StaticFiles(directory=folder / "static")),
        Route("/openapi.json", lambda _: JSONResponse(openapi())),
        Route("/api/session", session),
        Route("/api/token", lambda _: JSONResponse({"token": token})),
        *Interface(store, desk, comparison).routes(),
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(Guard, hosts=hosts, token=token, most=ALLOWANCE.bytes)],
        exception_handlers={
            Problem: _problem,
            HTTPException: _http_problem,
            ClientDisconnect: _gone,
            Exception: _fault,
        },
        lifespan=running,
    )


class Interface:
    """What the page asks and tells, as JSON."""

    def __init__(self, store: Store, desk: Desk, comparison: Comparison) -> None:
        self._store = store
        self._desk = desk
        self._exports = Exports(store)
        self._comparison = comparison

    def routes(self) -> list[Route]:
        """Where each thing is asked for or told."""
        return [
            Route("/extract", self.extract, methods=["POST"]),
            Route("/api/files", self.files),
            Route("/api/files", self.upload, methods=["POST"]),
            Route("/api/files/{file:int}", self.remove, methods=["DELETE"]),
            Route("/api/tables/{name}", self.table),
            Route("/api/organisation", self.organisation),
            Route("/api/figures", self.figures),
            Route("/api/download/gold.zip", self.gold),
            Route("/api/download/annotations.jsonl", self.annotations),
            Route("/api/download/comparison.zip", self.comparison_archive),
            Route("/api/download/{name}", self.download),
            Route("/api/comparison", self.comparison),
            Route("/api/comparison/{name}", self.compared),
            Route("/api/annotations", self.annotate, methods=["POST"]),
            Route("/api/documents/{document:int}", self.document),
            Route("/api/documents/{document:int}/corrections", self.correct, methods=["POST"]),
            Route("/api/documents/{document:int}/undo", self.undo, methods=["POST"]),
            Route("/api/documents/{document:int}/redo", self.redo, methods=["POST"]),
        ]

    def files(self, request: Request) -> Response:
        after = request.query_params.get("after", "0")
        return JSONResponse(
            uploads.progress(self._store, int(after[:12]) if after.isdigit() and after.isascii() else 0)
        )

    async def upload(self, request: Request) -> Response:
        kept = []
        async with _form(request) as found:
            for upload in found:
                kept.append(await run_in_threadpool(uploads.take, self._store, self._desk, upload))
        if not kept:
            raise Problem(400, "form", "no file in the form; put files into fields called file")
        return JSONResponse({"files": kept}, 201)

    def remove(self, request: Request) -> Response:
        self._store.remove(request.path_params["file"])
        return Response(status_code=204)

    def table(self, request: Request) -> Response:
        return JSONResponse(table_page(self._store, request.path_params["name"], dict(request.query_params)))

    def organisation(self, request: Request) -> Response:
        return JSONResponse(organisation(self._store, request.query_params.get("company")))

    def figures(self, _: Request) -> Response:
        return JSONResponse(self._exports.figures())

    def comparison(self, _: Request) -> Response:
        return JSONResponse(self._comparison.view())

    def compared(self, request: Request) -> Response:
        return JSONResponse(self._comparison.rows(request.path_params["name"], dict(request.query_params)))

    def comparison_archive(self, _: Request) -> Response:
        return _sent(self._comparison.archive(), COMPARED)

    def download(self, request: Request) -> Response:
        name = request.path_params["name"]
        return _sent(self._exports.open(name, request.query_params.get("headers", "en")), name)

    def gold(self, _: Request) -> Response:
        return _sent(gold_archive(self._store), "gold.zip")

    def annotations(self, _: Request) -> Response:
        return StreamingResponse(export_lines(self._store), 200, _saved_as("annotations.jsonl"), "application/x-ndjson")

    async def annotate(self, request: Request) -> Response:
        content = await request.body()
        return JSONResponse(await run_in_threadpool(import_lines, self._store, self._desk, content))

    def document(self, request: Request) -> Response:
        return JSONResponse(review.document_view(self._store, request.path_params["document"]))

    async def correct(self, request: Request) -> Response:
        try:
            wanted = json.loads(await request.body())
        except (ValueError, RecursionError):
            wanted = None
        if not isinstance(wanted, dict) or not isinstance(wanted.get("correction"), dict):
            raise Problem(400, "json", "a JSON object with version and correction is wanted")
        change: Callable[..., None] = review.correct
        return await self._changed(request, change, wanted.get("version"), wanted["correction"])

    async def undo(self, request: Request) -> Response:
        return await self._changed(request, review.undo)

    async def redo(self, request: Request) -> Response:
        return await self._changed(request, review.redo)

    async def _changed(self, request: Request, change: Callable[..., None], *terms: object) -> Response:
        number = request.path_params["document"]
        await run_in_threadpool(change, self._store, self._desk, number, *terms)
        return JSONResponse(await run_in_threadpool(review.document_view, self._store, number))

    async def extract(self, request: Request) -> Response:
        name, content = "text.txt", b""
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == "multipart/form-data":
            async with _form(request) as found:
                for upload in found[:1]:
                    name, content = uploads.clean_name(upload.filename or ""), await upload.read()
        elif kind == "application/json":
            try:
                content = answers.from_body(await request.body()).encode("utf-8", "replace")
            except (ValueError, RecursionError):
                raise Problem(400, "json", 'a JSON object with "text" is wanted') from None
        else:
            name = uploads.clean_name(request.query_params.get("name", name))
            content = await request.body()
        return JSONResponse(await run_in_threadpool(self._extracted, name, content))

    def _extracted(self, name: str, content: bytes) -> dict[str, object]:
        path, _, _ = uploads.keep_aside(self._store, BytesIO(content))
        try:
            found = self._desk.read(name, str(path)).result(_EXTRACT_WAIT)
            return answers.answer([rows for _, rows in found])
        except Late:
            raise Problem(503, "late", "it is still not read; the machine is busy, try again later") from None
        finally:
            path.unlink(missing_ok=True)


@contextlib.asynccontextmanager
async def _form(request: Request) -> AsyncIterator[list[UploadFile]]:
    """The files of a form."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise Problem(415, "form", "a form is wanted: multipart/form-data, files in fields called file")
    try:
        async with request.form(max_files=_PARTS, max_fields=_PARTS) as form:
            yield [value for _, value in form.multi_items() if isinstance(value, UploadFile)]
    except (MultiPartException, HTTPException) as error:
        raise Problem(400, "form", f"not a form that can be read: {getattr(error, 'detail', error)}") from None


def _sent(file: IO[bytes], name: str) -> Response:
    """A file to be saved under a name of ours."""

    def pieces() -> Iterator[bytes]:
        with file:
            while piece := file.read(1 << 18):
                yield piece

    return StreamingResponse(pieces(), 200, _saved_as(name), "application/octet-stream")


def _saved_as(name: str) -> dict[str, str]:
    return {"content-disposition": f'attachment; filename="{name}"'}


def _problem(_: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return problem_response(error)


def _http_problem(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return problem_response(Problem(error.status_code, "http", error.detail), error.headers)


def _gone(_: Request, __: Exception) -> Response:
    return Response(status_code=499)


def _fault(request: Request, error: Exception) -> Response:
    logging.getLogger("gangwei.web").error("%s %s: %r", request.method, request.url.path, error)
    return problem_response(Problem(500, "fault", f"{type(error).__name__}; please report it"))


PAGES: Final = (
    "/",
    "/documents/{document:int}",
    "/tables",
    "/tables/{name}",
    "/organisation",
    "/figures",
    "/compare",
    "/compare/{name}",
    "/api",
)
STYLES: Final = ("page.css", "shared/heat.css")
SCRIPTS: Final = (
    *("shared/words.js", "shared/dom.js", "shared/stretches.js", "shared/tree.js", "shared/heat.js"),
    *("words.js", "net.js", "uploads.js", "grid.js", "documents.js", "review.js", "outline.js", "source.js", "edit.js"),
    *("tables.js", "organisation.js", "figures.js", "compare.js", "interface.js", "app.js"),
)
