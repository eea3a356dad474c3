"""The page says what the data says, needs nothing else, and survives what documents and models may contain."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from evaluation import wording
from evaluation.compare import Shown, Side
from evaluation.figures import CoverageFigures, DatasetFigures, OntologyFigures, ReportData, TrainingFigures
from evaluation.metrics import VERDICTS
from evaluation.probes import reason_of
from evaluation.report import plain, render, write_report
from evaluation.report_cases import needs, samples_of, verdict_shares
from evaluation.report_pictures import common_start
from evaluation.statistics import Interval, mcnemar
from kg.coverage import KINDS
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


def test_cases_of_our_own_writers_are_told_as_such(data: ReportData, page: str) -> None:
    """A test set of people's cases says nothing of it; samples kept out of training are counted and warned of."""
    warning = "written by the writers of the training data"
    assert warning not in page
    made = tuple(replace(row, probe_id=f"sample:{place}") for place, row in enumerate(data.examples))
    assert f"{len(made)} of them were {warning}" in render(replace(data, examples=made))


def test_a_lift_that_accuracy_does_not_bear_out_is_told_as_such(data: ReportData) -> None:
    """An interval above 0 beside a large p-value would puzzle a reader; a small one needs no words."""
    lift = Interval(0.2, 0.1, 0.3, 9)
    unsure = replace(data.audit, lift=lift, change=mcnemar(6, 4))
    assert "changed by chance (McNemar, p = 0.75)" in render(replace(data, audit=unsure))
    sure = replace(data.audit, lift=lift, change=mcnemar(30, 2))
    assert "changed by chance" not in render(replace(data, audit=sure))


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


def test_a_failing_case_leads_to_the_words_that_decide_it(data: ReportData, page: str) -> None:
    """Every wrong answer of the aligned model stands on the page: its question, its answer, its clause's words, where
    they stand, and whether retrieval had found them.
    """
    folded = page[page.index('id="h-wrong"') : page.index('id="examples"')]
    wrong = [row for row in data.examples if row.aligned.right is False]
    assert len(wrong) > 5
    for row in wrong:
        assert f"Case {row.probe_id}" in folded
        assert row.deciding[0].text.split(",")[0] in folded
        assert row.deciding[0].place.startswith("Meridian Code of Conduct, ")
    assert folded.count("the clause was not shown") == sum(not row.gold_shown for row in wrong) > 0
    assert "h041" not in {row.probe_id for row in wrong}, "what failed to run is no wrong answer"


def test_the_data_that_would_help_is_named(data: ReportData, page: str) -> None:
    """By clause: which verdicts failed, with n and interval, and whether a sample trains its rules at all."""
    first = needs(data)[0]
    ids = {need.clause_id for need in data.audit.needs if need.citation == first.need.citation}
    cases = [row for row in data.examples if ids & {one.clause_id for one in row.deciding} and row.aligned.verdict]
    lost = [row for row in cases if not row.aligned.right]
    assert first.interval is not None
    assert (first.interval.n, round(first.interval.value * first.interval.n)) == (len(cases), len(lost))
    assert sum(int(part.split()[-3]) for part in first.missed.split(", ")) == len(lost)
    assert (first.trained, first.kept, first.checking) == samples_of(ids, data.dataset)
    assert first.trained > 0
    assert f"{first.trained} for training" in page
    unknown = replace(data, dataset=replace(data.dataset, by_clause=dict.fromkeys(ids, (0, 4, 0))))
    assert "Kept out of training for this test" in render(unknown)
    checking = replace(data, dataset=replace(data.dataset, by_clause=dict.fromkeys(ids, (0, 0, 2))))
    assert "In validation only" in render(checking)
    assert "2 in validation" in render(checking)
    assert "No sample trains it: write some" in render(replace(data, dataset=replace(data.dataset, by_clause={})))


def test_every_share_by_verdict_has_its_n_and_interval(data: ReportData, page: str) -> None:
    """Precision over what was answered so, recall over the gold cases."""
    table = data.audit.aligned.confusion
    for verdict in VERDICTS:
        precision, recall = verdict_shares(data.audit)["aligned", verdict]
        assert precision is not None
        assert recall is not None
        assert (precision.n, recall.n) == (table.answered(verdict), table.gold(verdict))
        assert (precision.value, recall.value) == (table.precision(verdict), table.recall(verdict))
        for interval in (precision, recall):
            assert f"{wording.between(interval)}<br>n = {interval.n}" in page


def test_every_kind_of_target_has_a_name_and_a_meaning(page: str) -> None:
    """What the ledger counts is said in words, for all kinds that there are."""
    assert set(wording.KIND_NAMES) == set(wording.KIND_NAME) == set(wording.KIND_MEANING) == set(KINDS)
    for kind in KINDS:
        assert wording.KIND_NAMES[kind] in page
        assert wording.KIND_MEANING[kind] in page


def test_what_most_names_begin_with_is_left_out_of_the_picture() -> None:
    """More than half, whole words; a lone policy keeps all of its words."""
    names = ["GitHub Terms of Service", "GitHub Terms of Sale", "GitHub Code", "Guide to the Notice"]
    assert common_start(names) == "GitHub "
    assert common_start(["Gifts", "Travel", "Records", "Safety"]) == ""
    assert common_start(["Part 1", "Part 2"]) == ""
    assert common_start([]) == ""


def test_a_long_citation_stands_on_a_line_of_its_own(data: ReportData) -> None:
    """A title in the place of a number is not squeezed into the numbers' column."""
    row = data.examples[0]
    long = Shown("GitHub Community Guidelines", "Be kind.", gold=False)
    text = render(replace(data, examples=(replace(row, retrieved=(*row.retrieved, long)),)))
    assert re.search(r'<li class=" long"><b>GitHub Community Guidelines', text)
    assert f'<li class="is-gold"><b>{row.deciding[0].citation}' in text


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
    assert wording.count(1234567) == "1,234,567"
    assert wording.count(1057) == "1,057"
    assert wording.count(999) == "999"
    assert wording.duration(3.21) == "3.2\u2009s"
    assert wording.duration(392) == "6\u2009min 32\u2009s"
    assert wording.duration(7300) == "2\u2009h 01\u2009min"
    assert wording.p_value(0.0001) == "p < 0.001"
    assert wording.between(Interval(0.5, 0.4, 0.61, 9)) == "0.40 to 0.61"
    assert reason_of("Needs information. Who pays?") == "Who pays?"
    assert reason_of("Who pays?") == "Who pays?"
    assert reason_of("Permitted: by 4.") == "by 4."
    assert reason_of("Prohibitedness is no verdict.") == "Prohibitedness is no verdict."


def test_plain_values_know_no_surprises() -> None:
    """Paths become texts, sets are sorted, a number that is not finite becomes nothing."""
    assert plain({Path("a"): {3, 1, 2}, "x": float("nan")}) == {"a": [1, 2, 3], "x": None}
