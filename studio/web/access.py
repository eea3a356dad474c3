"""Who may come in: on loopback whoever names this machine, elsewhere whoever knows the token.

A page on the loopback interface can still be reached by a foreign web page whose host name was made to point here
(DNS rebinding), so the Host header must name this machine. WebSockets pass the same gate as pages, and must come from
a page of ours (Origin).
"""

import hmac
import http.cookies
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
COOKIE = "plumbline_token"

LONGEST_FORM = 4096
"""Bytes of a sign-in form that are read."""

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

SIGN_IN = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Plumbline</title>
<style>body{font:16px/1.5 system-ui,sans-serif;background:#fbfaf7;color:#1f2529;display:grid;place-items:center;height:90vh}
form{display:grid;gap:.8rem;width:20rem}input,button{font:inherit;padding:.5rem .7rem;border:1px solid #cbd2d9;border-radius:6px}
button{background:#0b6170;color:#fff;border:0}</style>
<form method="post" action="/"><h1>Plumbline</h1>{note}<label for="token">Access token (PLUMBLINE_TOKEN of the server)</label>
<input id="token" name="token" type="password" autocomplete="current-password" required autofocus><button>Enter</button></form></html>"""


WRONG = '<p role="alert">That is not the right token.</p>'


class Access:
    """ASGI middleware. Without a ``token`` only the Host header is checked."""

    def __init__(self, app: App, token: str = "", host: str = "127.0.0.1") -> None:
        self.app, self.token, self.host = app, token, host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        headers = {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in scope["headers"]}
        if not self._own_page(headers):
            await _refuse(scope, send, 403, "this address is not served here")
        elif not self.token or self._knows_token(headers):
            await self.app(scope, receive, send)
        elif scope["type"] != "http":
            await _refuse(scope, send, 401, "")
        elif self._same(await _given_token(scope, receive)):
            await self._let_in(scope, send)
        else:
            tried = scope.get("method") == "POST"
            await _refuse(scope, send, 401, SIGN_IN.replace("{note}", WRONG if tried else ""))

    def _own_page(self, headers: MutableMapping[str, str]) -> bool:
        """The Host is ours (on loopback), and a request with an Origin comes from the same host."""
        host = _name(headers.get("host", ""))
        if self.host in LOOPBACK and host not in LOOPBACK:
            return False
        origin = headers.get("origin", "")
        return not origin or urlsplit(origin).netloc == headers.get("host", "")

    def _knows_token(self, headers: MutableMapping[str, str]) -> bool:
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self._same(given.strip()):
            return True
        cookies: http.cookies.SimpleCookie = http.cookies.SimpleCookie()
        try:
            cookies.load(headers.get("cookie", ""))
        except http.cookies.CookieError:
            return False
        return COOKIE in cookies and self._same(cookies[COOKIE].value)

    def _same(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), self.token.encode())

    async def _let_in(self, scope: Scope, send: Send) -> None:
        """Keep the token in a cookie and take it out of the address."""
        path = scope.get("path", "/")
        secure = "; Secure" if scope.get("scheme") == "https" else ""
        cookie = f"{COOKIE}={self.token}; HttpOnly; SameSite=Strict; Path=/{secure}"
        headers = [
            (b"location", path.encode() if path.startswith("/") and not path.startswith("//") else b"/"),
            (b"set-cookie", cookie.encode()),
        ]
        await send({"type": "http.response.start", "status": 303, "headers": headers})
        await send({"type": "http.response.body", "body": b""})


async def _given_token(scope: Scope, receive: Receive) -> str:
    """The token of the sign-in form, or of the address (for a link that is sent to somebody)."""
    text = scope.get("query_string", b"")
    if scope.get("method") == "POST":
        text = b""
        more = True
        while more and len(text) <= LONGEST_FORM:
            message = await receive()
            text += message.get("body", b"")
            more = message.get("more_body", False)
        if more or len(text) > LONGEST_FORM:
            return ""
    return str(parse_qs(text.decode("latin-1")).get("token", [""])[0])


def _name(host: str) -> str:
    """The host of a Host header, without its port."""
    return host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]


async def _refuse(scope: Scope, send: Send, status: int, body: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 4400 + status % 100})
        return
    kind = b"text/html; charset=utf-8" if body.startswith("<") else b"text/plain; charset=utf-8"
    headers = [(b"content-type", kind), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body.encode()})
