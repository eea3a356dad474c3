"""The example's files agree with one another and keep to the formats that they promise."""

import io
import json
import re
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest
import yaml

from generation.filters import near_duplicates_between

MERIDIAN = Path(__file__).resolve().parents[2] / "examples" / "meridian"
TEXT = (MERIDIAN / "code.md").read_text(encoding="utf-8")
HEADINGS = re.findall(r"^## (\d\.\d+ .+)$", TEXT, re.MULTILINE)
NUMBERS = [heading.split()[0] for heading in HEADINGS]
VERDICTS = {"permitted", "prohibited", "needs_information"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a fresh build of the three formats."""
    folder = tmp_path_factory.mktemp("meridian")
    subprocess.run([sys.executable, str(MERIDIAN / "build.py"), "--output", str(folder)], check=True, timeout=60)
    return folder


def test_code_has_the_promised_shape() -> None:
    """Eight sections, 78 clauses numbered without a gap, and about 11,500 words."""
    sections = re.findall(r"^# (\d)\. ", TEXT, re.MULTILINE)
    assert sections == list("12345678")
    assert len(NUMBERS) == 78
    for section in sections:
        own = [number for number in NUMBERS if number[0] == section]
        assert own == [f"{section}.{place}" for place in range(1, len(own) + 1)]
    assert 11_000 <= len(TEXT.split()) <= 12_500


def test_cross_references_lead_somewhere() -> None:
    """Every number of two levels that the code mentions is one of its clauses (4.2 is its version as well)."""
    assert set(re.findall(r"\b[1-8]\.\d+\b", TEXT)) <= set(NUMBERS)


def test_html_is_current_and_has_every_heading(built: Path) -> None:
    """The committed page equals a fresh build and shows every numbered heading."""
    page = (built / "code.html").read_text(encoding="utf-8")
    assert page == (MERIDIAN / "code.html").read_text(encoding="utf-8")
    assert re.findall(r"<h3[^>]*>(.+?)</h3>", page) == HEADINGS


def test_docx_is_current(built: Path) -> None:
    """The committed document has the words, headers and footers of a fresh build."""

    def parts(path: Path) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            return {name: archive.read(name) for name in archive.namelist() if name.startswith("word/")}

    assert parts(built / "code.docx") == parts(MERIDIAN / "code.docx")


def test_pdf_is_current_and_has_an_outline(built: Path) -> None:
    """The committed pages read like a fresh build; the outline lists sections and clauses."""
    with pypdfium2.PdfDocument(built / "code.pdf") as fresh, pypdfium2.PdfDocument(MERIDIAN / "code.pdf") as kept:
        pages = [page.get_textpage().get_text_bounded() for page in kept]
        assert [page.get_textpage().get_text_bounded() for page in fresh] == pages
        assert [mark.get_title() for mark in kept.get_toc() if mark.level == 1] == HEADINGS
        assert all(f"Page {number}" in text for number, text in enumerate(pages, start=1))


def test_commonsense_keeps_to_the_official_format() -> None:
    """Five columns, a URI made of the other three, and complete edge data; no assertion twice."""
    lines = (MERIDIAN / "commonsense.csv").read_text(encoding="utf-8").splitlines()
    assert 1_300 <= len(lines) <= 1_800
    assert len(set(lines)) == len(lines)
    for line in lines:
        uri, relation, start, end, data = line.split("\t")
        assert uri == f"/a/[{relation}/,{start}/,{end}/]"
        assert re.fullmatch(r"/r/[A-Z][A-Za-z]+", relation)
        assert all(re.fullmatch(r"/c/en/[a-z0-9_]+", term) for term in (start, end)), line
        edge = json.loads(data)
        assert edge["dataset"] == "/d/plumbline/meridian"
        assert edge["license"] == "cc:by/4.0"
        assert edge["sources"]
        assert edge["weight"] > 0
        assert edge["surfaceText"].count("[[") == 2


def test_heldout_is_balanced_and_cites_real_clauses() -> None:
    """Ninety cases, thirty of each verdict, spread over all sections, each rationale naming its clause."""
    rows = [json.loads(line) for line in (MERIDIAN / "heldout.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == [f"h{place:02}" for place in range(1, 91)]
    assert Counter(row["verdict"] for row in rows) == dict.fromkeys(VERDICTS, 30)
    spread = Counter((row["section"], row["verdict"]) for row in rows)
    assert len(spread) == 24
    assert min(spread.values()) >= 3
    for row in rows:
        assert set(row) == {"id", "question", "verdict", "clauses", "section", "rationale"}
        assert set(row["clauses"]) <= set(NUMBERS)
        assert row["clauses"][0].startswith(row["section"] + ".")
        assert row["clauses"][0] in row["rationale"]


def test_heldout_gives_no_label_away_by_its_form() -> None:
    """The mean length of each label lies within three words of the others, and every label both asks and tells."""
    rows = [json.loads(line) for line in (MERIDIAN / "heldout.jsonl").read_text(encoding="utf-8").splitlines()]
    lengths, asks = {}, {}
    for verdict in VERDICTS:
        questions = [row["question"] for row in rows if row["verdict"] == verdict]
        lengths[verdict] = sum(len(question.split()) for question in questions) / len(questions)
        asks[verdict] = sum(question.endswith("?") for question in questions)
    assert max(lengths.values()) - min(lengths.values()) <= 3
    assert all(8 <= count <= 22 for count in asks.values())


def test_seeds_cite_real_clauses_and_differ_from_the_test_set() -> None:
    """About forty seeds; verdict answers begin with the verdict; no question of the test set among them."""
    seeds = yaml.safe_load((MERIDIAN / "seeds.yaml").read_text(encoding="utf-8"))
    heldout = (MERIDIAN / "heldout.jsonl").read_text(encoding="utf-8")
    assert 35 <= len(seeds) <= 50
    for seed in seeds:
        assert set(seed["clauses"]) <= set(NUMBERS)
        assert seed["question"] not in heldout
        if "verdict" in seed:
            assert seed["answer"].startswith(seed["verdict"].replace("_", " ").capitalize() + ".")


def test_decided_cases_are_whole_and_apart_from_the_test_sets() -> None:
    """Each family has the three verdicts, each quotation stands in its clause, and no test case has a near-duplicate."""

    def plain(text: str) -> str:
        return " ".join(re.sub(r"[*>|_`]+", " ", text).split())

    def questions(name: str) -> list[str]:
        return [json.loads(line)["question"] for line in (MERIDIAN / name).read_text(encoding="utf-8").splitlines()]

    rows = [json.loads(line) for line in (MERIDIAN / "cases.jsonl").read_text(encoding="utf-8").splitlines()]
    parts = re.split(r"^## (\d\.\d+) .*$", TEXT, flags=re.MULTILINE)
    clauses = {number: plain(text) for number, text in zip(parts[1::2], parts[2::2], strict=True)}
    families: dict[str, set[str]] = {}
    for row in rows:
        families.setdefault(row["family"], set()).add(row["verdict"])
        assert set(row["clauses"]) <= set(NUMBERS), row["id"]
        assert plain(row["quote"]) in clauses[row["clauses"][0]], row["id"]
    assert len({row["id"] for row in rows}) == len(rows) == 3 * len(families)
    assert all(verdicts == VERDICTS for verdicts in families.values())
    assert {row["clauses"][0] for row in rows} == set(NUMBERS)
    for name in ("heldout.jsonl", "dev.jsonl"):
        assert near_duplicates_between(questions("cases.jsonl"), questions(name), 0.5) == 0
