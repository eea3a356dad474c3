"""The page says what the data says, needs nothing else, and survives what documents and models may contain."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from evaluation import wording
from evaluation.compare import Side
from evaluation.figures import CoverageFigures, DatasetFigures, OntologyFigures, ReportData, TrainingFigures
from evaluation.report import after_phrase, plain, render, write_report
from evaluation.statistics import Interval
from kg.errors import PlumblineError
from tests.evaluation.report_sample import sample_report

VOID = {"meta", "link", "br", "col", "path", "line", "rect", "circle"}


class Wellformed(HTMLParser):
    """Fails on a tag that is closed out of order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element closed in its own tag leaves nothing open."""

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


@pytest.fixture(scope="module")
def data() -> ReportData:
    return sample_report()


@pytest.fixture(scope="module")
def page(data: ReportData) -> str:
    return render(data)


def test_the_page_is_one_wellformed_file(page: str) -> None:
    """Tags nest, ids are unique, and every link goes to a place on the page."""
    parser = Wellformed()
    parser.feed(page)
    assert parser.open == []
    assert len(parser.ids) == len(set(parser.ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(parser.ids)


def test_the_page_asks_for_nothing_outside(page: str) -> None:
    """No script, no address of another host, and a policy that forbids both."""
    assert "<script" not in page
    targets = re.findall(r'(?:src|href)="([^"]*)"', page)
    assert targets
    assert all(target.startswith(("#", "data:")) for target in targets)
    assert "http://" not in page
    assert "https://" not in page
    assert "default-src 'none'" in page
    assert "@import" not in page
    assert "url(" not in page


def test_every_figure_of_the_headline_comes_from_the_audit(data: ReportData, page: str) -> None:
    """Lift, both models, intervals and n are on the page as the audit has them."""
    audit = data.audit
    assert audit.lift is not None
    for expected in (
        wording.signed(audit.lift.value),
        wording.between(audit.lift, sign=True),
        wording.between(audit.aligned.macro_f1),
        f"{audit.aligned.confusion.correct} of {audit.aligned.confusion.n} right",
        "no case: untested",
        "too few to tell",
    ):
        assert expected in page


def test_hostile_text_stays_text(data: ReportData) -> None:
    """A document or a model that writes markup is shown, not obeyed."""
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&"
    row = replace(data.examples[0], question=evil, rationale=evil, aligned=Side(data.examples[0].gold, True, evil, 0.5))
    region = replace(data.audit.regions[0], name=evil)
    hostile = replace(
        data,
        title=evil,
        examples=(row, *data.examples[1:]),
        audit=replace(data.audit, regions=(region, *data.audit.regions[1:])),
        config={evil: {evil: evil}},
        training=replace(data.training, facts=((evil, evil),)),
        coverage=replace(data.coverage, regions=(replace(data.coverage.regions[0], name=evil),)),
    )
    text = render(hostile)
    assert "<script" not in text
    assert "<img" not in text
    Wellformed().feed(text)


def test_an_almost_empty_run_still_makes_a_page(data: ReportData) -> None:
    """No example, no curve, no coverage, no lift: dashes and sentences instead of errors or invented figures."""
    audit = data.audit
    nothing = replace(audit.aligned, macro_f1=None, accuracy=None, citation=None)
    bare = replace(
        data,
        documents=(),
        yields=(),
        rejected=(),
        ontology=OntologyFigures((), (), (), (), 0, 0),
        coverage=CoverageFigures((), (), (), 0),
        dataset=DatasetFigures(0, (), (), (), ()),
        training=TrainingFigures(),
        audit=replace(audit, aligned=nothing, lift=None, context_recall=None, regions=(), needs=()),
        examples=(),
        config={},
        seconds={},
        peak_rss_mb=0.0,
    )
    text = render(bare)
    assert "nothing can be said of the lift" in text
    assert "nothing was recorded" in text
    Wellformed().feed(text)


def test_the_json_holds_every_case_and_only_plain_values(tmp_path: Path, data: ReportData) -> None:
    """report.json is strict JSON with all rows, written beside the page; writing again changes nothing."""
    page = write_report(data, tmp_path / "run")
    first = page.read_bytes(), (tmp_path / "run" / "report.json").read_bytes()
    read = json.loads(first[1])
    assert len(read["examples"]) == 90
    assert read["audit"]["lift"]["n"] == 89
    assert read["audit"]["regions"][-1]["standing"] == "untested"
    write_report(data, tmp_path / "run")
    assert first == (page.read_bytes(), (tmp_path / "run" / "report.json").read_bytes())
    assert sorted(path.name for path in (tmp_path / "run").iterdir()) == ["report.html", "report.json"]


def test_a_folder_that_cannot_be_written_is_one_error(tmp_path: Path, data: ReportData) -> None:
    """A file in the folder's place is named, with a remedy."""
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(PlumblineError) as caught:
        write_report(data, tmp_path / "taken")
    assert caught.value.hint


def test_many_regions_and_documents_are_folded(data: ReportData) -> None:
    """Fifty-eight documents and sixty regions: the weakest sixteen are open, the rest one click away."""
    regions = tuple(replace(data.audit.regions[i % 8], region_id=f"x{i}", name=f"Part {i}") for i in range(60))
    many = replace(data, audit=replace(data.audit, regions=regions), documents=data.documents * 58)
    text = render(many)
    assert "44 more sections" in text
    assert "All 58 documents" in text


def test_the_headline_claims_no_more_than_the_interval(data: ReportData) -> None:
    """Above zero it rose, below it fell, across it nobody knows."""
    audit = data.audit
    assert audit.lift is not None
    assert "raised" in wording.headline(audit)
    assert "lowered" in wording.headline(replace(audit, lift=replace(audit.lift, value=-0.2, low=-0.3, high=-0.1)))
    assert "cannot tell" in wording.headline(replace(audit, lift=replace(audit.lift, low=-0.1)))


def test_numbers_are_written_for_readers() -> None:
    """True minus signs, dashes for nothing, and no 100 % that is not all."""
    assert wording.signed(-0.126) == "−0.13"
    assert wording.figure(None) == "–"
    assert wording.percent(0.999) == "99\u2009%"
    assert wording.percent(0.001) == "1\u2009%"
    assert wording.percent(1.0) == "100\u2009%"
    assert wording.count(1234567) == "1\u2009234\u2009567"
    assert wording.duration(3.21) == "3.2\u2009s"
    assert wording.duration(392) == "6\u2009min 32\u2009s"
    assert wording.duration(7300) == "2\u2009h 01\u2009min"
    assert wording.p_value(0.0001) == "p < 0.001"
    assert wording.between(Interval(0.5, 0.4, 0.61, 9)) == "0.40 to 0.61"
    assert after_phrase("Needs information. Who pays?") == "Who pays?"
    assert after_phrase("Who pays?") == "Who pays?"


def test_plain_values_know_no_surprises() -> None:
    """Paths become texts, sets are sorted, a number that is not finite becomes nothing."""
    assert plain({Path("a"): {3, 1, 2}, "x": float("nan")}) == {"a": [1, 2, 3], "x": None}
