"""The web pages in Chromium, over the embedded server."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

CHROMIUM = Path("/usr/bin/chromium")
POLICY = """# Travel code

## 1 Gifts

1.1 Employees must not accept a gift from a supplier unless a manager approves it in advance.

1.2 An employee may accept a meal of up to USD 50. Employees must record every gift in the register.

## 2 Travel

2.1 Employees must book flights through the travel desk. A manager may approve an exception in writing.
"""

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.model]


def plumbline(folder: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "studio", *arguments, "--config", str(folder / "plumbline.toml")]


def clean_environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "NICEGUI_", "PYTEST_"))}
    return kept | {"PYTHONPATH": str(Path(__file__).parents[2])}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A served workspace with a small policy in its graph."""
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed")
    folder = tmp_path_factory.mktemp("policy")
    (folder / "code.md").write_text(POLICY, encoding="utf-8")
    (folder / "plumbline.toml").write_text(
        'title = "Travel code"\ndocuments = ["code.md"]\n[models]\nembedder = ""\n', encoding="utf-8"
    )
    made = subprocess.run(
        plumbline(folder, "ingest"), check=False, capture_output=True, text=True, env=clean_environment()
    )
    assert made.returncode == 0, made.stderr
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(plumbline(folder, "serve", "--port", str(port)), env=clean_environment())
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(url, timeout=5).close()
                break
            except OSError:
                assert server.poll() is None, "the server ended"
                time.sleep(0.5)
        yield url
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def test_a_person_finds_a_concept_and_walks_on(address: str) -> None:
    """Search with suggestions, the picture, the clause's own words, coverage and its gaps; nothing fails in the console."""
    from playwright.sync_api import expect, sync_playwright

    problems: list[str] = []
    asked: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
        )
        page = browser.new_page(viewport={"width": 1400, "height": 950})
        page.set_default_timeout(30_000)
        expect.set_options(timeout=30_000)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{address}/ontology")
        page.get_by_label("Search a concept").fill("gift")
        page.locator(".pl-found .q-item", has_text="gift").first.click()
        expect(page.get_by_text("gift and its", exact=False)).to_be_visible()
        expect(page.get_by_text("must not accept a", exact=False).first).to_be_visible()
        expect(page.locator("mark").first).to_be_visible()
        expect(page.locator(".wide-only svg.near")).to_be_visible()
        expect(page.get_by_text("Its relations and where they were found")).to_be_visible()
        expect(page.get_by_text("clause 1.1, ", exact=False).first).to_be_visible()
        before = page.url
        page.locator(".wide-only svg.near a").first.click()
        page.wait_for_url(lambda url: url != before)
        expect(page.get_by_text("You came from:")).to_be_visible()
        page.get_by_label("Search a concept").fill("nosuchthing")
        expect(page.get_by_text("No concept is called so.", exact=False)).to_be_visible()
        page.goto(f"{address}/ontology?term=gift")
        expect(page.get_by_text("gift and its", exact=False)).to_be_visible()
        page.goto(f"{address}/ontology?term=nosuchthing")
        expect(page.get_by_text("No concept is called “nosuchthing”.", exact=False)).to_be_visible()
        expect(page.get_by_text("Its relations and where they were found")).to_be_visible()
        page.goto(f"{address}/coverage")
        expect(page.get_by_text("Rules × verdicts").first).to_be_visible()
        expect(page.get_by_text("no verified sample exercises the rule").first).to_be_visible()
        expect(page.locator("svg.treemap").first).to_be_visible()
        page.get_by_label("Words").fill("flights")
        expect(page.get_by_text("no verified sample exercises the rule").first).to_be_visible()
        expect(page.locator(".q-table").get_by_text("must not accept a gift", exact=False)).to_have_count(0)
        page.goto(f"{address}/report")
        expect(page.get_by_text("There is no report yet.", exact=False)).to_be_visible()
        page.goto(address)
        expect(page.get_by_text("Nothing was audited yet.", exact=False)).to_be_visible()
        page.set_viewport_size({"width": 390, "height": 800})
        for path in ("", "/ontology", "/coverage", "/report"):
            page.goto(f"{address}{path}")
            expect(page.locator(".pl-card").first).to_be_visible()
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
        browser.close()
    assert problems == []
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
