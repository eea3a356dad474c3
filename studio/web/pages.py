"""The pages and the address of each. Reading happens in a worker thread, so that one slow page holds up no other."""

from collections.abc import Awaitable, Coroutine, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import Request
from fastapi.responses import FileResponse, PlainTextResponse, Response
from nicegui import Client, app, run, ui

from kg.errors import PlumblineError
from studio.web.coverage import coverage_page
from studio.web.explorer import explorer_page
from studio.web.look import empty, frame
from studio.web.overview import overview_page
from studio.web.reading import Reading

REPORT_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
}
"""A report is self-contained: whatever a policy's text may have smuggled into it, it can load and send nothing."""


CONNECT_SECONDS = 30.0


async def shown(here: str, reading: Reading, content: Awaitable[None]) -> None:
    """The frame at once, then ``content`` when the browser is connected: reading a large graph takes longer than a
    browser should wait for the first byte. A store that fails is told on the page, with its remedy.
    """
    with frame(here, reading.title):
        waiting = ui.spinner(size="lg")
        try:
            await ui.context.client.connected(timeout=CONNECT_SECONDS)
            await content
        except PlumblineError as error:
            empty(str(error), error.hint)
        finally:
            if isinstance(content, Coroutine):
                content.close()  # the browser left before it was needed
        waiting.delete()


def register(reading: Reading) -> None:
    """Tell NiceGUI of every page, and of what stands at every other address."""

    async def no_page(request: Request, _: Exception) -> Response:
        with Client(ui.page(""), request=request) as client, frame("", reading.title):
            empty("There is no such page. Those that there are stand above.", request.url.path)
        answer: Response = client.build_response(request, HTTPStatus.NOT_FOUND)
        return answer

    async def overview() -> None:
        await shown("/", reading, overview_page(reading))

    async def ontology(concept: str = "", term: str = "") -> None:
        await shown("/ontology", reading, explorer_page(reading, concept, term))

    async def coverage() -> None:
        await shown("/coverage", reading, coverage_page(reading))

    async def report(run_id: str = "") -> None:
        await shown("/report", reading, report_page(reading, run_id))

    def report_file(run_id: str, name: str) -> Response:
        from studio.web.server import report_file as find

        path = find(reading.studio.workspace.runs, run_id, name)
        if path is None:
            return PlainTextResponse("there is no such report", status_code=404)
        return FileResponse(path, headers=REPORT_HEADERS)

    # Called and not written as decorators, because their types would make the functions untyped.
    for path, page in (("/", overview), ("/ontology", ontology), ("/coverage", coverage), ("/report", report)):
        ui.page(path)(page)
    app.get("/runs/{run_id}/{name}")(report_file)
    app.exception_handler(HTTPStatus.NOT_FOUND)(no_page)


def named(row: Mapping[str, Any]) -> str:
    """A run by its time and id: "2026-11-22 13:42 UTC, 20261122-134205-a442607e"."""
    return f"{str(row['finished'])[:16].replace('T', ' ')} UTC, {row['run']}"


async def report_page(reading: Reading, run_id: str) -> None:
    """The report of a run in a frame, with a choice of runs."""
    runs = await run.io_bound(reading.runs)
    if not runs:
        empty("There is no report yet. The whole chain ends with one:", "plumbline run")
        return
    names = [row["run"] for row in runs]
    chosen = run_id if run_id in names else names[0]
    with ui.row().classes("items-center gap-4 w-full"):
        ui.select({row["run"]: named(row) for row in runs}, value=chosen, label="Run").props("dense outlined").classes(
            "w-[30rem] max-w-full"
        ).on_value_change(lambda event: ui.navigate.to(f"/report?run_id={event.value}"))
        ui.link("Open alone", f"/runs/{chosen}/report.html", new_tab=True)
        ui.link("Figures as JSON", f"/runs/{chosen}/report.json", new_tab=True)
    ui.element("iframe").props(f'src="/runs/{chosen}/report.html" title="Report" sandbox=""').classes(
        "w-full pl-card"
    ).style("height: calc(100vh - 190px); padding: 0")
