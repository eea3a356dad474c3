"""The page in a real browser: nothing is asked for, nothing overflows, the words can be read."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evaluation.report import write_report
from tests.evaluation.report_sample import sample_report

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]

CONTRAST = """
() => {
  const channel = c => { c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
  const luminance = rgb => 0.2126 * channel(rgb[0]) + 0.7152 * channel(rgb[1]) + 0.0722 * channel(rgb[2]);
  const parse = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const under = element => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] > 0) layers.push(c);
      if (c.length === 3 || c[3] === 1) break;
    }
    return layers.reduceRight((base, c) => base ? base.map((b, i) => b + (c[i] - b) * (c[3] ?? 1)) : c.slice(0, 3), null);
  };
  let worst = [99, ""];
  for (const element of document.querySelectorAll("body *:not(svg *):not(.hidden)")) {
    const own = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    if (!own || !element.getClientRects().length) continue;
    const back = luminance(under(element)), front = luminance(parse(getComputedStyle(element).color));
    const ratio = (Math.max(back, front) + 0.05) / (Math.min(back, front) + 0.05);
    if (ratio < worst[0]) worst = [ratio, element.textContent.trim().slice(0, 40) + " in " + element.className];
  }
  return worst;
}
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's Chromium; the test says so where it is missing."""
    if not CHROMIUM.exists():
        pytest.skip("needs Debian's chromium: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield running
        running.close()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 820, 1280])
def test_the_page_fits_and_can_be_read(browser: Any, tmp_path: Path, width: int, scheme: str) -> None:
    """No request, no console message, no sideways scrolling, and contrast of 4.5 (WCAG 2.2 AA)."""
    path = write_report(sample_report(), tmp_path)
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: asked.append(message.text))
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert [url for url in asked if url not in (path.as_uri(), "data:,")] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    ratio, where = page.evaluate(CONTRAST)
    assert ratio >= 4.5, where
    context.close()
