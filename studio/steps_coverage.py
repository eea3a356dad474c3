"""The verbs of ``plumbline coverage`` as library functions, over the graph and the datasets of the workspace."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import UserError
from kg.model import Verdict
from studio.wiring import Studio
from studio.workspace import MANIFEST, read_json

if TYPE_CHECKING:
    from kg.coverage import Coverage, Key, Weighting
    from kg.model import Ontology
    from kg.store import GraphStore

REJECTED_SHOWN = 20


def coverage(studio: Studio, *, by: str = "section", t: int | None = None) -> dict[str, Any]:
    """Coverage of the graph's ontology by its samples: by kind, region and depth, with the history between datasets.

    ``by`` is a way of :func:`kg.regions.regions`; ``t`` the size of the tuples (the configuration's by default).
    """
    from kg.coverage_views import region_rows

    with studio.open_graph() as store:
        ontology = _ontology(store)
        found = _measure(studio, store, ontology, t=t)
    told = found.to_dict()
    return {**told, "by_region": region_rows(ontology, found, by), "regions_by": by, "history": history(studio)}


def gaps(
    studio: Studio,
    *,
    kind: str = "",
    region: str = "",
    verdict: str = "",
    t: int | None = None,
    below: int = 1,
    weighted: bool = False,
    weights: Path | None = None,
    limit: int = 50,
) -> list[dict[str, Any]]:
    """Targets that fewer than ``below`` samples exercise, as rows; heaviest first when ``weighted``.

    ``region`` is a section region's id or its name (or the beginning of it). ``weighted`` multiplies the severity of
    the rule, the weakness that the newest audit found in the region, and the user's own ``weights``. Where the samples
    are those of a dataset that ``generate`` wrote, ``why`` says whether the budget or the writers left a target out, and
    ``within_reach`` whether some writer exercises it; otherwise that is None.
    """
    if below < 1 or limit < 0:
        raise UserError(
            f"--below {below} --limit {limit} asks for nothing", "--below counts from 1, --limit from 0 (all)"
        )
    with studio.open_graph() as store:
        ontology = _ontology(store)
        weighting = _weighting(studio, store, weights) if weighted or weights else None
        found = _measure(studio, store, ontology, t=t, weighting=weighting)
    names = dict(found.regions)
    chosen = _region(names, region)
    rows = found.gaps(kind, chosen, limit, verdict=Verdict(verdict) if verdict else None, below=below)
    known = _unreached(studio)
    return [
        {
            **row.to_dict(),
            **({} if row.samples else known.get(row.target.key, {"within_reach": None})),
            "region_name": names.get(row.target.region, ""),
        }
        for row in rows
    ]


def gap_reasons(rows: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, int]]:
    """How many of ``rows`` there are of each kind, by reason, the commonest first."""
    found: dict[str, Counter[str]] = {}
    for row in rows:
        found.setdefault(row["kind"], Counter())[row["why"]] += 1
    return {kind: dict(counts.most_common()) for kind, counts in found.items()}


def _unreached(studio: Studio) -> dict["Key", dict[str, Any]]:
    """What ``generate`` noted on the targets that it did not cover, of the dataset that the graph holds."""
    from studio.stages_model import samples_id
    from studio.stages_ontology import loaded

    held = loaded(studio).get("samples")
    for path in sorted(studio.workspace.datasets.glob("samples-*/generation.json")) if held else ():
        noted = read_json(path).get("unreached")
        if noted and samples_id(path.parent) == held:
            return {
                (one["kind"], one["element"], one["verdict"] or ""): {
                    "why": one["why"], "within_reach": one["within_reach"],
                }
                for one in noted
            }  # fmt: skip
    return {}


def measure_data(studio: Studio, path: Path, *, by: str = "section", limit: int = 0) -> dict[str, Any]:
    """The coverage of the graph's ontology by the dataset at ``path``, which need not be this project's.

    Nothing is written to the graph. ``rejected`` gives the rows left out by reason and the first of them by place.
    """
    from generation.foreign import read_foreign
    from kg.coverage import measure
    from kg.coverage_found import find_links
    from kg.coverage_views import region_rows

    found = read_foreign(path)
    with studio.open_graph() as store:
        ontology = _ontology(store)
    links = find_links(ontology, found.samples)
    ledger = measure(ontology, found.samples, links, t=studio.settings.coverage.t)
    verdicts = Counter(one.verdict.value if one.verdict else "none" for one in found.samples)
    return {
        "data": str(path),
        "form": found.form,
        "forms": dict(found.forms),
        "files": len(found.files),
        "rows": len(found.samples) + len(found.rejected),
        "malformed": len(found.rejected),
        "rejected": {
            "by_reason": dict(Counter(one.reason for one in found.rejected).most_common()),
            "first": [
                {"file": one.source, "place": one.place, "reason": one.reason}
                for one in found.rejected[:REJECTED_SHOWN]
            ],
        },
        "verdicts": dict(sorted(verdicts.items())),
        "links": dict(sorted(Counter(link.kind for link in links).items())),
        "linked_samples": len({link.sample_id for link in links}),
        **ledger.to_dict(gaps=limit),
        "by_region": region_rows(ontology, ledger, by),
    }


def prediction(studio: Studio, *, budget: int | None = None, bound: bool = False) -> dict[str, Any]:
    """What the configured budget buys, and what the best plan would buy; nothing is written to the graph or a file.

    As configured the same planner chooses among the same drafts as ``generate`` and stops before contexts are retrieved.
    A budget too small for that is priced over what could be written (``exact`` is False). The ontology is the
    graph's; without one there is nothing to plan for.
    """
    from generation.planning_predict import predict

    settings = studio.settings
    samples = settings.generation.samples if budget is None else budget
    with studio.open_graph() as store:
        ontology = _ontology(store)
    t, weighting, seed = settings.coverage.t, studio.weighting(), settings.generation.seed
    best = predict(ontology, samples, t=t, weighting=weighting, seed=seed, bound=bound).to_dict()
    enough = samples >= best["samples_for_every_rule_and_verdict"]
    if enough:
        from generation.pipeline import select

        options = replace(studio.generation_options(), samples=samples)
        chosen = select(ontology, options, studio.progress, t=t, weighting=weighting)
        covered = {kind: share.to_dict() for kind, share in chosen.coverage.by_kind.items()}
        forms = chosen.by_kind
    else:
        configured = predict(
            ontology, samples, t=t, weighting=weighting, seed=seed, mix=settings.generation.mix
        ).to_dict()
        covered, forms = configured["by_kind"], configured["forms"]
    return {
        "dry_run": True,
        "budget": samples,
        "coverage_predicted": covered,
        "forms": forms,
        "exact": enough,
        "best_plan": {name: best[name] for name in ("by_kind", "forms", "curve", "bound") if name in best},
        "needed": {
            "every_rule_and_verdict": best["samples_for_every_rule_and_verdict"],
            "everything": best["samples_for_everything"],
        },
        "enough_for_rules": enough,
        "enough_for_everything": samples >= best["samples_for_everything"],
    }


def history(studio: Studio) -> list[dict[str, Any]]:
    """The datasets of the workspace, oldest first: when, by which run, coverage by kind and its change."""
    folders = sorted(studio.workspace.datasets.glob("samples-*/generation.json"))
    found = [(read_json(path.parent / MANIFEST), read_json(path)["coverage_after"]) for path in folders]
    found.sort(key=lambda pair: (pair[0]["finished"], pair[0]["key"]))
    rows: list[dict[str, Any]] = []
    before: dict[str, float | None] = {}
    for manifest, after in found:
        ratios = {kind: share["ratio"] if share["total"] else None for kind, share in after["by_kind"].items()}
        change = {
            kind: round(ratio - earlier, 4)
            for kind, ratio in ratios.items()
            if ratio is not None and (earlier := before.get(kind)) is not None
        }
        rows.append(
            {"dataset": manifest["key"], "run": manifest["run"], "finished": manifest["finished"],
             "samples": after["samples"], "by_kind": ratios, "change": change}
        )  # fmt: skip
        before = ratios
    return rows


def _measure(
    studio: Studio,
    store: "GraphStore",
    ontology: "Ontology",
    *,
    t: int | None,
    weighting: "Weighting | None" = None,
) -> "Coverage":
    from kg.coverage import measure
    from kg.coverage_options import CoverageOptions

    size = studio.settings.coverage.t if t is None else CoverageOptions(t=t).t
    return measure(ontology, store.samples(), store.exercises(), t=size, weighting=weighting)


def _ontology(store: "GraphStore") -> "Ontology":
    ontology = store.ontology()
    if not ontology.documents:
        raise UserError("the graph is empty", "run: plumbline ingest")
    if not ontology.rules:
        raise UserError(
            "the ontology states no rules, so there is nothing to cover",
            "check that the documents hold sentences with must, may or should, then run: plumbline ingest",
        )
    return ontology


def _weighting(studio: Studio, store: "GraphStore", own: Path | None) -> "Weighting":
    from kg.coverage_weights import Weighting, read_weights, weakness_by_region
    from kg.cypher import Query

    options = studio.settings.coverage
    path = own or options.weights
    runs = [str(row["id"]) for row in store.read(Query("MATCH (r:Run) RETURN r.id AS id ORDER BY id DESC LIMIT 1", {}))]
    weak = weakness_by_region(store.verdicts(runs[0])) if runs else {}
    return Weighting(options.severity, weak, read_weights(path) if path else {})


def _region(names: Mapping[str, str], wanted: str) -> str:
    """The id of the region called ``wanted``: its id, its name, or the only name that begins so."""
    if not wanted or wanted in names:
        return wanted
    low = wanted.lower()
    alike = [id_ for id_, name in names.items() if name.lower() == low] or [
        id_ for id_, name in names.items() if name.lower().startswith(low)
    ]
    if len(alike) == 1:
        return alike[0]
    listed = json.dumps([names[id_] for id_ in alike] or list(names.values()), ensure_ascii=False)
    what = "several regions" if alike else "no region"
    raise UserError(
        f"{what} are called {wanted!r}" if alike else f"{what} is called {wanted!r}", f"choose of: {listed}"
    )
