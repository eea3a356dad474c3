"""One element of the ontology with all that is known of it: a rule, a clause or a concept, found by id, number or name."""

import json
from collections.abc import Mapping
from typing import Any

from kg import cypher_questions, cypher_show
from kg.errors import UserError
from kg.store import GraphStore

NUMBER_SIGNS = "§ "
NEIGHBOURS = 50


def show(store: GraphStore, text: str) -> dict[str, Any]:
    """The element that ``text`` names; ``kind`` is rule, clause or concept.

    An id goes before the number of a clause, and that before the name of a concept.

    Raises:
        UserError: nothing is called so.
    """
    wanted = text.strip()
    for found in (_rule(store, wanted), _clauses(store, wanted), _concept(store, wanted)):
        if found is not None:
            return found
    raise UserError(
        f"no concept, clause or rule is called {text!r}", "try another word, the number of a clause, or an id"
    )


def _rule(store: GraphStore, id_: str) -> dict[str, Any] | None:
    found = store.read(cypher_show.rule(id_))
    if not found:
        return None
    row = found[0]
    rule = _record(row["rule"])
    start, end = int(rule.get("start", 0)), int(rule.get("end", 0))
    return {
        "kind": "rule",
        "rule": {**rule, "thresholds": [json.loads(one) for one in rule.get("thresholds", ())]},
        "source": {
            **{name: row[name] for name in ("document", "version", "path", "section", "section_title", "clause")},
            "page": rule.get("page", 0),
            "start": start,
            "end": end,
            "words": str(row["text"] or "")[start:end],
        },
        "concepts": store.read(cypher_show.concepts_of_rule(id_)),
        "references": store.read(cypher_show.references_of_rule(id_)),
        "conflicts": store.read(cypher_show.conflicts_of_rule(id_)),
    }


def _clauses(store: GraphStore, name: str) -> dict[str, Any] | None:
    found = store.read(cypher_show.clauses(name)) or (
        store.read(cypher_show.clauses(name.lstrip(NUMBER_SIGNS))) if name.startswith("§") else []
    )
    if not found:
        return None
    places = [_record(row["clause"]) for row in found]
    rules = store.read(cypher_show.rules_of_clauses([str(place["id"]) for place in places]))
    return {
        "kind": "clause",
        "clauses": [
            {
                **place,
                **{name: row[name] for name in ("document", "version", "path", "section", "section_title")},
                "rules": [
                    {name: rule[name] for name in ("id", "modality", "text")}
                    for rule in rules
                    if rule["clause_id"] == place["id"]
                ],
            }
            for place, row in zip(places, found, strict=True)
        ],
    }


def _concept(store: GraphStore, text: str) -> dict[str, Any] | None:
    by_id = store.read(cypher_show.concept(text))
    found = store.read(cypher_questions.search_concepts(text, 5)) if not by_id else []
    if not by_id and not found:
        return None
    if not by_id:
        best = next((row for row in found if str(row["label"]).lower() == text.lower()), found[0])
        by_id = store.read(cypher_show.concept(str(best["id"])))
    concept = _record(by_id[0]["concept"])
    sources = [json.loads(one) for one in concept.get("provenance", ())]
    clauses = [str(one["ref"]) for one in sources if one["source"] == "clause"]
    places = {row["id"]: row for row in store.read(cypher_show.places_of_clauses(clauses))}
    shown = ("id", "label", "kind", "definition", "aliases", "weight", "conceptnet")
    rules = store.read(cypher_questions.rules_of_concept(str(concept["id"]), NEIGHBOURS))
    edges = store.read(cypher_questions.neighbourhood(str(concept["id"]), 1, NEIGHBOURS))
    return {
        "kind": "concept",
        "concept": {"definition": "", "aliases": [], "conceptnet": ""} | {n: concept[n] for n in shown if n in concept},
        "also": [row["label"] for row in found if row["id"] != concept["id"]],
        "sources": [one | {"place": places.get(one["ref"])} for one in sources],
        "neighbours": [
            {
                "source": edge["source_label"],
                "type": edge["type"],
                "target": edge["target_label"],
                "weight": edge["weight"],
                "polarity": edge["polarity"],
            }
            for edge in edges
        ],
        "rules": list({row["id"]: row for row in rules}.values()),
    }


def _record(value: object) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise TypeError(type(value).__name__)
    return {str(name): item for name, item in value.items() if name not in {"ordinal", "names"}}
