"""ConceptNet: the download, from a server on the loopback interface."""

import gzip
import hashlib
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kg.conceptnet import download
from kg.errors import PlumblineError, UserError
from tests.kg.conceptnet_rows import row

FILE = gzip.compress("".join(f"{row('IsA', f'a{place}', 'b')}\n" for place in range(20_000)).encode(), mtime=0)


class Server(ThreadingHTTPServer):
    """Serves one file with ranges, and can break off."""

    content = FILE
    mark = '"1"'
    break_after = 0
    asked: list[str]


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        server, wanted = self.server, self.headers.get("Range", "")
        server.asked.append(wanted)
        if self.path != "/a.csv.gz":
            self.send_error(404)
            return
        begin = int(wanted[6:-1]) if wanted and self.headers.get("If-Range") == server.mark else 0
        self.send_response(206 if begin else 200)
        self.send_header("ETag", server.mark)
        self.send_header("Content-Length", str(len(server.content) - begin))
        self.end_headers()
        end = begin + server.break_after if server.break_after else len(server.content)
        self.wfile.write(server.content[begin:end])

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Handler) as made:
        made.asked = []
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def url(server: Server, name: str = "a.csv.gz") -> str:
    return f"http://127.0.0.1:{server.server_address[1]}/{name}"


def test_a_file_is_fetched_once_and_checked(server: Server, tmp_path: Path) -> None:
    """The second call only checks; nothing else is left in the folder."""
    path = tmp_path / "cache" / "a.csv.gz"
    digest = hashlib.sha256(FILE).hexdigest()
    seen: list[tuple[str, int, int]] = []
    found = download(url(server), path, digest, lambda *told: seen.append(told))
    assert (found.fetched, found.bytes, found.lines, found.sha256) == (True, len(FILE), 20_000, digest)
    assert path.read_bytes() == FILE
    assert {stage for stage, _, _ in seen} == {"download (MB)", "check (MB)"}
    assert not download(url(server), path).fetched
    assert (server.asked, list(path.parent.iterdir())) == ([""], [path])


def test_a_broken_download_goes_on_where_it_stopped(server: Server, tmp_path: Path) -> None:
    """The error says what is kept; the rest alone is asked for."""
    path = tmp_path / "a.csv.gz"
    server.break_after = 1000
    with pytest.raises(PlumblineError, match="1,000 bytes are kept"):
        download(url(server), path)
    assert not path.exists()
    server.break_after = 0
    found = download(url(server), path)
    assert (found.resumed_at, path.read_bytes() == FILE) == (1000, True)
    assert server.asked == ["", "bytes=1000-"]


def test_a_file_that_changed_is_fetched_anew(server: Server, tmp_path: Path) -> None:
    """Two halves of two files are no file."""
    path = tmp_path / "a.csv.gz"
    server.break_after = 1000
    with pytest.raises(PlumblineError):
        download(url(server), path)
    server.break_after, server.mark, server.content = 0, '"2"', gzip.compress(row("IsA", "c", "d").encode() + b"\n")
    assert download(url(server), path).resumed_at == 0
    assert path.read_bytes() == server.content


@pytest.mark.parametrize(
    ("content", "sha256", "words"),
    [
        (FILE, "0" * 64, "SHA-256"),
        (b"<html>\n<p>moved</p>\n</html>\n", "", "no ConceptNet assertions"),
        (FILE[:-400], "", "middle"),
        (FILE[:5000] + b"damage" + FILE[5006:], "", "damaged"),
        (b"", "", "empty"),
    ],
)
def test_what_fails_a_check_is_not_kept(
    server: Server, tmp_path: Path, content: bytes, sha256: str, words: str
) -> None:
    """Neither under its name nor as a part to go on from."""
    server.content = content
    with pytest.raises(PlumblineError, match=words) as caught:
        download(url(server), tmp_path / "a.csv.gz", sha256)
    assert caught.value.hint
    assert list(tmp_path.iterdir()) == []


def test_offline_and_refused_say_what_to_do(server: Server, tmp_path: Path) -> None:
    """No connection, no such file, no such scheme: each one error with a remedy."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    for address in (f"http://127.0.0.1:{port}/a.csv.gz", url(server, "other")):
        with pytest.raises(PlumblineError, match="could not be fetched") as caught:
            download(address, tmp_path / "a.csv.gz")
        assert "plumbline conceptnet import FILE" in caught.value.hint
    with pytest.raises(UserError, match="no http address"):
        download("file:///etc/passwd", tmp_path / "a.csv.gz")
    assert list(tmp_path.iterdir()) == []
