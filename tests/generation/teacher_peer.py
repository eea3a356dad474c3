"""A small chat server on loopback: a real HTTP peer that answers as a test tells it to, and counts what it was asked."""

import hashlib
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, Mapping[str, str], str | bytes]
"""Status, headers, body."""


def completion(content: str, *, prompt: int = 100, answer: int = 50, finish: str = "stop") -> Answer:
    """A chat completion that says ``content``."""
    body = {
        "choices": [{"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": finish}],
        "usage": {"prompt_tokens": prompt, "completion_tokens": answer},
    }
    return 200, {}, json.dumps(body)


@dataclass
class Peer:
    """A running server: its address, and every request that came, in order: headers and body."""

    base_url: str = ""
    requests: list[tuple[dict[str, str], dict[str, Any]]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def hashes(self) -> list[str]:
        """A hash of each request's body."""
        return [hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest() for _, body in self.requests]


@contextmanager
def serving(answer: Callable[[dict[str, Any], int], Answer]) -> Iterator[Peer]:
    """Serve ``answer(body, number)``, ``number`` counting from 0."""
    peer = Peer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with peer.lock:
                number = len(peer.requests)
                peer.requests.append((dict(self.headers), body))
            status, headers, said = answer(body, number)
            data = said.encode() if isinstance(said, str) else said
            try:
                self.send_response(status)
                for name, value in {"Content-Length": str(len(data)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)
            except OSError:
                return  # the client gave up

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    peer.base_url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield peer
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
