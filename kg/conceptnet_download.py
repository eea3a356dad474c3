"""Fetching ConceptNet's assertions file: resumable, and checked before it gets its name.

What has come so far stays in ``NAME.part``, with what the server said of the file beside it; the next call asks for
the rest (RFC 9110, sections 13.1.5 and 14.2: If-Range and Range), and starts anew where the server's file changed.
"""

import errno
import hashlib
import http.client
import json
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from kg.conceptnet_reader import Metadata, check, fields_of, read_lines
from kg.conceptnet_unpack import Tally
from kg.errors import PlumblineError, UserError
from kg.model import Rejected
from kg.progress import Progress, silent

TIMEOUT_SECONDS = 60
PIECE = 1 << 20
"""Bytes that are fetched at once."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file that was fetched and checked. ``resumed_at`` is how many bytes were there before; ``fetched`` is False
    when it was there whole.
    """

    path: Path
    url: str
    bytes: int
    sha256: str
    lines: int
    fetched: bool
    resumed_at: int = 0


@dataclass(frozen=True, slots=True)
class _Served:
    """What the server said of the file: its mark (ETag or date) and its whole size in bytes, -1 when it did not."""

    url: str
    mark: str
    size: int


def download(url: str, path: Path, sha256: str = "", progress: Progress = silent) -> Download:
    """Fetch ``url`` to ``path`` unless it is there, and check it: the server's size, gzip's checksums to the end,
    rows in ConceptNet's format, and ``sha256`` (hexadecimal) unless that is empty.

    Raises:
        UserError: the address is not http(s), or the place may not be written.
        PlumblineError: the server cannot be reached or refuses, the connection breaks (what came is kept), or a check
            fails (the file is removed).
    """
    if not url.startswith(("http://", "https://")):
        raise UserError(f"{url!r} is no http address", "set enrichment.url to the address of the assertions file")
    if path.is_file():
        lines, digest = _checked(path, sha256, progress)
        return Download(path, url, path.stat().st_size, digest, lines, fetched=False)
    part = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        before = _fetch(url, part, progress)
    except (urllib.error.HTTPError, http.client.HTTPException, TimeoutError, ConnectionError) as error:
        raise _broken(url, part, error) from error
    except urllib.error.URLError as error:
        raise _broken(url, part, error.reason) from error
    except OSError as error:
        cure = "free some" if error.errno == errno.ENOSPC else "choose another place with --to"
        raise UserError(
            f"{part} cannot be written: {error.strerror}", f"the file needs 500 MB of disk; {cure}"
        ) from error
    try:
        lines, digest = _checked(part, sha256, progress)
    except PlumblineError:
        _forget(part)
        raise
    part.replace(path)
    _about(part).unlink(missing_ok=True)
    return Download(path, url, path.stat().st_size, digest, lines, fetched=True, resumed_at=before)


def _broken(url: str, part: Path, reason: object) -> PlumblineError:
    if isinstance(reason, urllib.error.HTTPError):
        reason.close()  # it holds the connection
    kept = f"; {part.stat().st_size:,} bytes are kept, and the same command goes on there" if part.exists() else ""
    return PlumblineError(
        f"{url} could not be fetched: {reason}{kept}",
        "check the network and enrichment.url, or fetch the file elsewhere and run: plumbline conceptnet import FILE",
    )


def _fetch(url: str, part: Path, progress: Progress) -> int:
    """Fetch what is missing in ``part``; returns how much had been there."""
    known = _known(url, part)
    have = part.stat().st_size if known else 0
    if known and have == known.size:
        return have
    request = urllib.request.Request(url, headers={"User-Agent": "plumbline"})  # noqa: S310  (the scheme was checked)
    if known and have:
        request.add_header("Range", f"bytes={have}-")
        request.add_header("If-Range", known.mark)
    with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
        if answer.status != 206:
            have = 0
        size = int(answer.headers.get("Content-Length", -1))
        served = _Served(url, answer.headers.get("ETag") or answer.headers.get("Last-Modified") or "", have + size)
        _about(part).write_text(json.dumps(asdict(served)), encoding="utf-8")
        with part.open("ab" if have else "wb") as file:
            _copy(answer, file, have, served.size if size >= 0 else 0, progress)
    got = part.stat().st_size
    if size >= 0 and got != served.size:
        raise ConnectionError(f"the connection ended after {got:,} of {served.size:,} bytes")
    return have


def _copy(answer: http.client.HTTPResponse, file: BinaryIO, done: int, size: int, progress: Progress) -> None:
    while piece := answer.read(PIECE):
        file.write(piece)
        done += len(piece)
        progress("download (MB)", done >> 20, size >> 20)


def _known(url: str, part: Path) -> _Served | None:
    """What the server said when ``part`` was begun, if that can be resumed."""
    try:
        served = _Served(**json.loads(_about(part).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    # A weak mark promises no equal bytes.
    resumable = served.url == url and served.mark and not served.mark.startswith("W/")
    return served if resumable and part.is_file() else None


def _about(part: Path) -> Path:
    return part.with_name(f"{part.name}.json")


def _forget(part: Path) -> None:
    part.unlink(missing_ok=True)
    _about(part).unlink(missing_ok=True)


def _checked(path: Path, sha256: str, progress: Progress) -> tuple[int, str]:
    """Lines and SHA-256 of a file that is whole and ConceptNet's."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    if sha256 and digest.hexdigest() != sha256.lower():
        raise PlumblineError(
            f"{path} has the SHA-256 {digest.hexdigest()}, not {sha256}", "fetch it again, or correct enrichment.sha256"
        )
    tally, shown = Tally(), -1
    known: dict[str, Metadata] = {}
    for number, line in read_lines(path, ("en",), tally):
        fields = fields_of(line, known)
        if isinstance(fields, str):
            tally.reject(Rejected(str(path), fields, f"line {number}"))
        if tally.bytes_read >> 20 > shown:
            shown = tally.bytes_read >> 20
            progress("check (MB)", shown, path.stat().st_size >> 20)
    check(path, tally)
    if not tally.lines:
        raise PlumblineError(f"{path} is empty", "check enrichment.url")
    return tally.lines, digest.hexdigest()
