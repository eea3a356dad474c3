"""Starting the pages: the port, who may come in, and the graph behind them."""

from pathlib import Path
from threading import Thread

from kg.errors import PlumblineError, UserError
from studio.doctor import free_port, port_is_free
from studio.web.access import LOOPBACK, Access
from studio.web.reading import Reading, title_of
from studio.wiring import Studio

MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path d="M16 2v16" stroke="#1f2529" stroke-width="2.4"/>'
    '<path d="M10.5 17h11L16 30z" fill="#0b6170"/></svg>'
)
"""The plumb bob, as the pages' icon."""


def check_address(host: str, port: int, token: str) -> None:
    """Refuse what must not or cannot be served.

    Raises:
        UserError: beyond this machine without a token; a port that is no port.
        PlumblineError: the port is taken; a free one is named.
    """
    if host not in LOOPBACK and len(token) < 16:
        raise UserError(
            f"serving on {host} lets other machines in, and PLUMBLINE_TOKEN is {'too short' if token else 'not set'}",
            "set PLUMBLINE_TOKEN to a random text of 16 characters or more, or serve on 127.0.0.1",
        )
    if not 0 < port < 65536:
        raise UserError(f"{port} is not a port", "use a number from 1 to 65535, e.g. --port 8377")
    if not port_is_free(host, port):
        raise PlumblineError(
            f"port {port} on {host} is taken or may not be used",
            f"end what listens there, or: plumbline serve --port {free_port()}",
        )


def serve(studio: Studio, host: str, port: int) -> None:
    """Serve the pages on ``host``:``port`` until the process is ended (Ctrl-C ends it cleanly)."""
    check_address(host, port, studio.environment.token)
    studio.workspace.create()
    with studio.open_graph() as store:
        _run(studio, Reading(studio, store, title_of(studio, store)), host, port)


def _run(studio: Studio, reading: Reading, host: str, port: int) -> None:
    from nicegui import app, ui

    from studio.web.pages import register

    token = studio.environment.token if host not in LOOPBACK else ""
    app.add_middleware(Access, token=token, host=host)
    register(reading)
    app.on_startup(lambda: Thread(target=reading.warm, name="ledger", daemon=True).start())
    shown = f"[{host}]" if ":" in host else host
    print(f"Plumbline serves {reading.title} on http://{shown}:{port}  (Ctrl-C ends it)", flush=True)
    ui.run(
        host=host,
        port=port,
        title="Plumbline",
        favicon=MARK,
        show=False,
        reload=False,
        show_welcome_message=False,
        reconnect_timeout=10.0,
    )


def report_file(runs: Path, run: str, name: str) -> Path | None:
    """A file of a run's report, or None: only names that are there, nothing outside ``runs``."""
    if name not in {"report.html", "report.json"}:
        return None
    path = (runs / run / name).resolve()
    return path if path.is_file() and path.parent.parent == runs.resolve() else None
