"""The web pages without a browser: who may come in, what is drawn, what a report may be asked for."""

import asyncio
import csv
import html
import json
import re
import socket
from collections.abc import MutableMapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from evaluation.drawing.svg import text_width
from kg.coverage import Gap, Target
from kg.errors import PlumblineError, UserError
from kg.model import Verdict
from studio.web.access import COOKIE, Access
from studio.web.coverage import as_csv, as_json, gap_rows
from studio.web.look import KIND_COLOURS, MODALITY_COLOURS
from studio.web.picture import LINES, NARROW, WIDE, Frame, line_of, neighbourhood
from studio.web.reading import Edge, Surroundings, _other_names, in_words, place_of
from studio.web.server import check_address, report_file

TOKEN = "0123456789abcdef"


async def _inside(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"in"})


def ask(
    token: str,
    host: str = "127.0.0.1",
    query: str = "",
    kind: str = "http",
    *,
    method: str = "GET",
    body: str = "",
    **headers: str,
) -> list[MutableMapping[str, Any]]:
    """What a client is answered."""
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": body.encode(), "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    given = {"host": f"{host}:8377"} | headers
    scope = {
        "type": kind,
        "path": "/",
        "method": method,
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
    }
    asyncio.run(Access(_inside, token, "0.0.0.0" if token else "127.0.0.1")(scope, receive, send))  # noqa: S104
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


def edge(type_: str, target: str = "c2", *, back: bool = False, **more: Any) -> Edge:
    """A relation between the gift (c1) and another concept."""
    ends = [("c1", "gift", "asset"), (target, f"<{target}>", "money")]
    (source, source_label, source_kind), (to, to_label, to_kind) = reversed(ends) if back else ends
    return Edge(f"{type_}{target}", type_, False, source, source_label, source_kind, to, to_label, to_kind, **more)


def surroundings(*edges: Edge) -> Surroundings:
    return Surroundings("c1", "gift", "asset", edges=edges, relations=len(edges))


def test_the_picture_joins_parallel_relations() -> None:
    """Two relations between the same concepts are one line with both names, drawn as the one that binds most."""
    drawn = neighbourhood(surroundings(edge("MustNot"), edge("IsA"), edge("ActsOn", back=True)), WIDE)
    assert drawn.count("<line") == 2
    assert ">MustNot, IsA</text>" in drawn
    assert ">ActsOn</text>" in drawn
    assert drawn.count(f'stroke="{LINES["prohibited"][0]}"') == 1
    assert f'stroke-dasharray="{LINES["prohibited"][1]}"' in drawn


def test_every_neighbour_is_a_link_with_its_name_escaped() -> None:
    """A keyboard reaches it, and a name that is markup stays a name."""
    drawn = neighbourhood(surroundings(*(edge("IsA", f"c{n}") for n in range(2, 40))), NARROW)
    assert drawn.count("<a ") == 38
    assert 'href="/ontology?concept=c7"' in drawn
    assert "&lt;c7&gt;" in drawn
    assert "<c7>" not in drawn
    assert ">IsA</text>" not in drawn, "so many names cannot be read"


@pytest.mark.parametrize("count", [1, 2, 24, 25, 96])
@pytest.mark.parametrize("frame", [WIDE, NARROW])
def test_the_picture_keeps_within_its_frame(count: int, frame: Frame) -> None:
    """Every dot and every name, however many there are; the same neighbourhood is drawn alike."""
    edges = [edge("May", f"concept-number-{n}-with-a-long-name") for n in range(count)]
    drawn = neighbourhood(surroundings(*edges), frame)
    assert drawn == neighbourhood(surroundings(*edges), frame)
    assert drawn.count("<circle") == count + 1
    for x, y in re.findall(r'<circle cx="([\d.-]+)" cy="([\d.-]+)"', drawn):
        assert 7 <= float(x) <= frame.width - 7
        assert 7 <= float(y) <= frame.height(count) - 7
    for x, anchor, name in re.findall(r'<text x="([\d.-]+)"[^>]*text-anchor="(start|end)">([^<]*)</text>', drawn):
        width = text_width(html.unescape(name), frame.font)
        assert 0 <= float(x) - (width if anchor == "end" else 0) <= frame.width - (width if anchor == "start" else 0)


@pytest.mark.parametrize("count", [3, 23, 24, 60])
@pytest.mark.parametrize("frame", [WIDE, NARROW])
def test_no_two_names_meet(count: int, frame: Frame) -> None:
    """On each side of the picture the names stand a line apart."""
    drawn = neighbourhood(surroundings(*(edge("May", f"concept {n}") for n in range(count))), frame)
    placed = re.findall(r'<text x="[\d.-]+" y="([\d.-]+)"[^>]*text-anchor="(start|end)">', drawn)
    assert len(placed) == count
    for side in ("start", "end"):
        heights = sorted(float(y) for y, anchor in placed if anchor == side)
        assert all(low - high >= frame.font for high, low in pairwise(heights))


def test_white_words_can_be_read_on_every_colour() -> None:
    """4.5 : 1, as WCAG 2.2 asks for small words (the luminance formula is its own)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for colour in (*KIND_COLOURS.values(), *MODALITY_COLOURS.values()):
        assert 1.05 / (luminance(colour) + 0.05) >= 4.5, colour


@pytest.mark.parametrize(
    ("uri", "words"),
    [
        ("/a/[/r/IsA/,/c/en/shift_lead/,/c/en/employee/]", "shift lead IsA employee"),
        ("/a/[/r/HasA/,/c/en/bank/n/wn/group/,/c/en/money/]", "bank HasA money"),
        ("/c/en/line_manager", "line manager"),
        ("elsewhere", "elsewhere"),
    ],
)
def test_an_assertion_of_conceptnet_reads_as_a_sentence(uri: str, words: str) -> None:
    """Its URI is for machines."""
    assert in_words(uri) == words


def test_other_names_are_other_names() -> None:
    """Capitals alone make none."""
    assert _other_names("employee", ["Employees", "employees", "Employee", "worker"]) == ("employees", "worker")


def test_a_relation_says_what_it_is() -> None:
    """Its line tells the modality, else whether it is the policy's or common sense; a denied one says not."""
    assert line_of(edge("Must")) == "required"
    assert line_of(edge("IsA")) == "of the policy"
    assert line_of(edge("IsA", common_sense=True)) == "common sense (ConceptNet)"
    assert replace(edge("HasProperty"), negated=True).name == "not HasProperty"
    assert replace(edge("MustNot"), negated=True).name == "MustNot"
    assert set(LINES) == {
        "permitted",
        "required",
        "prohibited",
        "recommended",
        "of the policy",
        "common sense (ConceptNet)",
    }


def test_the_place_of_a_clause_is_told_in_words() -> None:
    """What is not known is left out, what is said twice is said once."""
    row = {"number": "5.2", "document": "Code", "section": "Gifts", "page": 7}
    assert place_of(row) == "clause 5.2, Code, Gifts, page 7"
    assert place_of({"clause": "", "document": "Code", "section": "Code", "page": 0}) == "Code"


def test_gaps_are_filtered_and_written_as_files() -> None:
    """Every word must occur somewhere in the row; no cell of the CSV begins a formula."""
    label = "=HYPERLINK(1), a rule"
    gaps = [
        Gap(Target("rule", "r1", Verdict.PERMITTED, label, "s1"), "no verified sample exercises the rule"),
        Gap(Target("concept", "k1", None, "gift", "s2"), "no sample mentions it"),
    ]
    rows = gap_rows(gaps, {"s1": "Gifts", "s2": "Travel"})
    assert [row["kind"] for row in rows] == ["Rule × verdict", "Concept"]
    assert [row["element"] for row in gap_rows(gaps, {"s1": "Gifts"}, "RULE gifts permitted")] == ["r1"]
    assert gap_rows(gaps, {}, "nothing such") == []
    (header, first, second) = csv.reader(as_csv(rows).splitlines())
    assert header == ["kind", "element", "label", "verdict", "region", "samples", "why"]
    assert first[2] == f"'{label}"
    assert second[2] == "gift"
    assert [row["label"] for row in json.loads(as_json(rows))] == [label, "gift"]


def test_the_sign_in_form_keeps_the_token_out_of_the_address() -> None:
    """Sent as a form it becomes the cookie; a wrong one is told so, and a flood is not read."""
    entered = ask(TOKEN, host="studio.example", method="POST", body=f"token={TOKEN}")[0]
    assert entered["status"] == 303
    assert TOKEN in dict(entered["headers"])[b"set-cookie"].decode()
    wrong = ask(TOKEN, host="studio.example", method="POST", body="token=wrong")
    assert wrong[0]["status"] == 401
    assert b"not the right" in wrong[1]["body"]
    assert ask(TOKEN, host="studio.example", method="POST", body=f"x={'y' * 9000}&token={TOKEN}")[0]["status"] == 401
    assert b'method="post"' in ask(TOKEN, host="studio.example")[1]["body"]
    foreign = ask(TOKEN, host="studio.example", method="POST", body=f"token={TOKEN}", origin="http://evil.example")
    assert foreign[0]["status"] == 403
