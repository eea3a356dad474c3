"""The web pages without a browser: who may come in, what is drawn, what a report may be asked for."""

import asyncio
import socket
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import pytest

from kg.errors import PlumblineError, UserError
from studio.web.access import COOKIE, Access
from studio.web.explorer import picture
from studio.web.reading import Surroundings
from studio.web.server import check_address, report_file

TOKEN = "0123456789abcdef"


async def _inside(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"in"})


async def _receive() -> MutableMapping[str, Any]:
    return {"type": "http.request"}


def ask(
    token: str, host: str = "127.0.0.1", query: str = "", kind: str = "http", **headers: str
) -> list[MutableMapping[str, Any]]:
    """What a client is answered."""
    sent: list[MutableMapping[str, Any]] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    given = {"host": f"{host}:8377"} | headers
    scope = {
        "type": kind,
        "path": "/",
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
    }
    asyncio.run(Access(_inside, token, "0.0.0.0" if token else "127.0.0.1")(scope, _receive, send))  # noqa: S104
    return sent


def test_loopback_lets_this_machine_in_and_no_rebound_name() -> None:
    """A foreign name that points here (DNS rebinding) is refused, and so is a page of another origin."""
    assert ask("")[0]["status"] == 200
    assert ask("", host="localhost")[0]["status"] == 200
    assert ask("", host="evil.example")[0]["status"] == 403
    assert ask("", origin="http://evil.example")[0]["status"] == 403
    assert ask("", origin="http://127.0.0.1:8377")[0]["status"] == 200
    assert ask("", host="evil.example", kind="websocket")[0]["type"] == "websocket.close"


def test_beyond_this_machine_the_token_is_needed() -> None:
    """As a Bearer header, as a cookie, or once in the address, which then becomes the cookie."""
    assert ask(TOKEN, host="studio.example")[0]["status"] == 401
    assert ask(TOKEN, host="studio.example", authorization=f"Bearer {TOKEN}")[0]["status"] == 200
    assert ask(TOKEN, host="studio.example", authorization="Bearer wrong")[0]["status"] == 401
    assert ask(TOKEN, host="studio.example", cookie=f"{COOKIE}={TOKEN}")[0]["status"] == 200
    assert ask(TOKEN, host="studio.example", cookie=f"{COOKIE}=wrong")[0]["status"] == 401
    assert ask(TOKEN, host="studio.example", kind="websocket")[0]["type"] == "websocket.close"
    entered = ask(TOKEN, host="studio.example", query=f"token={TOKEN}")[0]
    assert entered["status"] == 303
    assert b"HttpOnly" in dict(entered["headers"])[b"set-cookie"]


def test_an_address_that_cannot_be_served_is_refused() -> None:
    """Without a token nobody else is let in; a taken port names a free one."""
    with pytest.raises(UserError):
        check_address("192.0.2.1", 8377, "")
    with pytest.raises(UserError) as short:
        check_address("192.0.2.1", 8377, "short")
    assert "too short" in str(short.value)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(PlumblineError) as caught:
            check_address("127.0.0.1", taken.getsockname()[1], "")
    assert "--port" in caught.value.hint
    assert caught.value.exit_code == 1


def test_a_report_cannot_be_used_to_read_other_files(tmp_path: Path) -> None:
    """Only report.html and report.json of a run, by no detour."""
    (tmp_path / "runs" / "r1").mkdir(parents=True)
    page = tmp_path / "runs" / "r1" / "report.html"
    page.write_text("<p>", encoding="utf-8")
    (tmp_path / "report.html").write_text("outside", encoding="utf-8")
    assert report_file(tmp_path / "runs", "r1", "report.html") == page
    assert report_file(tmp_path / "runs", "..", "report.html") is None
    assert report_file(tmp_path / "runs", "r1", "manifest.json") is None
    assert report_file(tmp_path / "runs", "r2", "report.html") is None


def test_the_picture_joins_parallel_relations() -> None:
    """Two relations between the same concepts are one line with both names; a negated one says so."""
    edge = {
        "source": "c1",
        "source_label": "gift",
        "source_kind": "asset",
        "target": "c2",
        "target_label": "value",
        "target_kind": "money",
    }
    edges = ({**edge, "type": "IsA", "polarity": 1}, {**edge, "type": "HasProperty", "polarity": -1})
    series = picture(Surroundings("c1", "gift", "asset", "", edges, (), (), ()))["series"][0]
    assert [node["name"] for node in series["data"]] == ["gift", "value"]
    assert [link["value"] for link in series["links"]] == ["IsA, not HasProperty"]
