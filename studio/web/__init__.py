"""The web pages: overview, ontology explorer, coverage, report. Nothing of NiceGUI is imported before :func:`serve`."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.wiring import Studio

__all__ = ["serve"]


def serve(studio: "Studio", host: str, port: int) -> None:
    """Serve the pages until the process is ended. See :func:`studio.web.server.serve`."""
    from studio.web.server import serve as start

    start(studio, host, port)
