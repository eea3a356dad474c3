"""A made-up run of the size of the example policy, to draw the report without a model. Deterministic."""

from random import Random

from evaluation.answers import Answer, Contexts
from evaluation.audit import audit
from evaluation.compare import rows
from evaluation.figures import (
    ReportData,
    TrainingFigures,
    YieldRow,
    coverage_figures,
    dataset_figures,
    document_rows,
    ontology_figures,
)
from evaluation.metrics import VERDICTS
from evaluation.probes import Probe
from generation.prompting import VERDICT_PHRASES
from kg.coverage import measure
from kg.model import (
    Clause,
    ClauseKind,
    Concept,
    Document,
    Exercise,
    Modality,
    Ontology,
    Rejected,
    Relation,
    Rule,
    Sample,
    Section,
    Span,
    Split,
)
from tests.evaluation.conftest import Found

TITLES = (
    "Who this code is for", "Gifts and hospitality", "Conflicts of interest", "Fair competition",
    "Confidential information", "Working safely", "Records and payments", "Speaking up",
)  # fmt: skip
ACTS = (
    "accept a gift from a supplier",
    "approve a payment",
    "share a customer's file",
    "hire a relative",
    "meet a rival",
)
LIMITS = ("worth more than 50 USD", "without a second signature", "outside the company", "in the same team", "alone")
KINDS = ("scenario", "rule_qa", "which_rule", "ask_back", "definition", "benign")
ACCURACY = (0.9, 0.92, 0.55, 0.8, 0.72, 0.97, 0.6, 0.0)


def sample_ontology() -> Ontology:
    """Eight sections, 78 clauses, 300 rules."""
    rng = Random(11)
    sections = tuple(
        Section(f"s{i}", "d", str(i), title, 1, None, i, Span(0, 1)) for i, title in enumerate(TITLES, start=1)
    )
    clauses: list[Clause] = []
    rules: list[Rule] = []
    for section in sections:
        for place in range(1, 13 if section.number in "234" else 8):
            number = f"{section.number}.{place}"
            text = (
                f"Employees must not {rng.choice(ACTS)} {rng.choice(LIMITS)}, unless their manager agrees in writing."
            )
            clauses.append(
                Clause(f"c{number}", "d", section.id, number, ClauseKind.PARAGRAPH, text, "", place, Span(0, 1))
            )
            for part in range(rng.randint(1, 7)):
                modality = rng.choice(list(Modality)[:4])
                rules.append(
                    Rule(
                        f"r{number}-{part}", f"c{number}", section.id, "d", modality, "employee", "accept", "gift", "",
                        "", "", text, Span(0, 1), f"f{number}",
                    )
                )  # fmt: skip
    concepts = tuple(
        Concept(f"k{i}", f"concept {i}", rng.choice(("party", "action", "asset", "document", "money", "event")))
        for i in range(420)
    )
    types = ("IsA", "MustNot", "MayAccept", "RelatedTo", "HasPart", "UsedFor", "Requires")
    relations = tuple(
        Relation(f"e{i}", f"k{rng.randrange(420)}", rng.choice(types), f"k{rng.randrange(420)}") for i in range(900)
    )
    document = Document("d", "Meridian Code of Conduct", "code.md", "markdown", "0" * 64, "1", 31, 11482, "x")
    return Ontology((document,), sections, tuple(clauses), tuple(rules), concepts, relations)


def sample_cases(ontology: Ontology, n: int) -> tuple[tuple[Probe, ...], Contexts]:
    """Cases over all sections but the last, with three retrieved clauses each."""
    rng = Random(12)
    clauses = [clause for clause in ontology.clauses if clause.section_id != "s8"]
    probes, found = [], {}
    for i in range(n):
        clause = clauses[(i // 3 * 7) % len(clauses)]
        question = (
            f"Case {i + 1}: a supplier in Oslo offers Ingrid, who buys parts for the northern plants, {rng.choice(ACTS)} "
            f"{rng.choice(LIMITS)}. May she go ahead before her manager is back on Monday?"
        )
        verdict = VERDICTS[i % 3]
        probes.append(
            Probe(
                f"h{i + 1:03d}", question, verdict, (clause.number,), "The clause names this very act.",
                clause.section_id, f"clause {clause.number}", (clause.id,),
            )
        )  # fmt: skip
        others = [other for other in rng.sample(clauses, 3) if other is not clause][:2]
        shown = [clause, *others] if rng.random() < 0.9 else others
        found[question] = tuple(Found(one.id, one.number, one.text) for one in shown)
    return tuple(probes), Contexts(found, 3)


def sample_answers(probes: tuple[Probe, ...], aligned: bool) -> tuple[Answer, ...]:
    """An unaligned model that mostly permits, an aligned one that is good in some sections; one failure."""
    rng = Random(13 + aligned)
    answers = []
    for place, probe in enumerate(probes):
        if aligned and place == 40:
            answers.append(Answer(probe.id, None, unscored="RuntimeError: out of memory"))
            continue
        skill = ACCURACY[int(probe.region_id[1:]) - 1] if aligned else 0.12
        verdict = (
            probe.verdict if rng.random() < skill else rng.choices(VERDICTS, (1, 1, 1) if aligned else (8, 2, 1))[0]
        )
        scores = tuple(-rng.uniform(0.1, 0.6) if one is verdict else -rng.uniform(1, 4) for one in VERDICTS)
        number = probe.clause_numbers[0] if aligned and rng.random() < 0.8 else "9.9"
        reason = f"Clause {number} decides it." if aligned else "It is fine as long as everyone agrees, I think."
        answers.append(Answer(probe.id, verdict, scores, f"{VERDICT_PHRASES[verdict]}. {reason}"))
    return tuple(answers)


def sample_dataset(ontology: Ontology, covered: float) -> tuple[tuple[Sample, ...], tuple[Exercise, ...]]:
    """A sample per rule and verdict for a share of the rules."""
    rng = Random(15)
    samples: list[Sample] = []
    links: list[Exercise] = []
    for rule in ontology.rules:
        for verdict in VERDICTS:
            if rng.random() > covered and rule.section_id in {"s3", "s7"}:
                continue
            kind = rng.choices(KINDS, (20, 2, 2, 1, 1, 2))[0]
            split = rng.choices(list(Split), (18, 1, 0))[0]
            one = Sample(
                f"x{len(samples)}",
                kind,
                "w",
                rule.family,
                "q",
                "a",
                verdict,
                (rule.id,),
                (rule.clause_id,),
                split=split,
            )
            samples.append(one)
            links.append(Exercise(one.id, "rule", rule.id, "construction", 1.0))
            links.append(Exercise(one.id, "concept", f"k{rng.randrange(400)}", "span", 1.0))
            links.append(Exercise(one.id, "relation", f"e{rng.randrange(900)}", "span", 1.0))
    return tuple(samples), tuple(links)


def sample_report(n: int = 90, covered: float = 0.6) -> ReportData:
    """The whole report of a made-up run."""
    ontology = sample_ontology()
    probes, found = sample_cases(ontology, n)
    unaligned, aligned = sample_answers(probes, aligned=False), sample_answers(probes, aligned=True)
    samples, links = sample_dataset(ontology, covered)
    rng = Random(16)
    steps = range(10, 401, 10)
    return ReportData(
        run_id="r-0007",
        title="Meridian Code of Conduct",
        created="2026-03-14T09:26:53Z",
        documents=document_rows(ontology),
        yields=(YieldRow("read", 1, 1, 0), YieldRow("clauses", 81, 78, 3), YieldRow("rules", 340, 318, 22)),
        rejected=(Rejected("code.md", "a table without a header", "page 14"),) * 3,
        ontology=ontology_figures(ontology),
        coverage=coverage_figures(measure(ontology, samples, links), ontology),
        dataset=dataset_figures(samples, {"duplicate": 41, "too long": 12, "label leak": 5}, links, ontology),
        training=TrainingFigures(
            tuple((float(s), 0.4 + 2.6 * 2.718 ** (-s / 70) + rng.uniform(-0.07, 0.07)) for s in steps),
            tuple((float(s), 0.52 + 2.3 * 2.718 ** (-s / 80)) for s in range(50, 401, 50)),
            (
                ("steps", "400"),
                ("samples", "941"),
                ("trainable parameters", "4.9 M"),
                ("base", "SmolLM2-135M-Instruct"),
            ),
        ),
        audit=audit(probes, unaligned, aligned, ontology, contexts=found),
        examples=rows(probes, found, unaligned, aligned, ontology),
        config={"policy": {"documents": ["code.md"]}, "training": {"learning_rate": 2e-4, "rank": 16}},
        versions={"python": "3.11.2", "torch": "2.13.0"},
        seeds={"generation": 7, "training": 3},
        seconds={"ingest": 11.4, "generate": 18.2, "train": 392.0, "answer": 121.0, "audit": 0.3},
        peak_rss_mb=3104.0,
    )
