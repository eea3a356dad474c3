"""How ``plumbline ontology show`` prints a rule, a clause or a concept. Not a command: it has no line in the table."""

from typing import Any

from studio.cli.console import figures, table

FIELDS = ("modality", "actor", "action", "object", "condition", "exception", "authority", "confidence", "family")


def render(found: dict[str, Any]) -> None:
    """Print what :func:`studio.element.show` found."""
    {"rule": _rule, "clause": _clauses, "concept": _concept}[found["kind"]](found)


def _place(source: dict[str, Any]) -> str:
    page = f", page {source['page']}" if source.get("page") else ""
    version = f" {source['version']}" if source.get("version") else ""
    return f"{source['document']}{version}{page}, characters {source['start']}-{source['end']}"


def _rule(found: dict[str, Any]) -> None:
    rule, source = found["rule"], found["source"]
    print(rule["text"])
    figures(f"Rule {rule['id']}", {name: rule[name] for name in FIELDS if rule.get(name) not in {"", None}})
    if rule["thresholds"]:
        table("Thresholds", ("", "value", "unit", "words"),
              [(one["comparator"], one["value"], one["unit"], one["text"]) for one in rule["thresholds"]])  # fmt: skip
    print(f"Clause {source['clause']} ({source['section_title']}): {_place(source)}")
    print(f"  “{source['words']}”")
    if found["concepts"]:
        table("Concepts", ("role", "concept", "kind"),
              [(row["role"], row["label"], row["kind"]) for row in found["concepts"]])  # fmt: skip
    if found["references"]:
        table("Refers to", ("clause", "text"), [(row["number"], row["text"]) for row in found["references"]])
    if found["conflicts"]:
        table("Conflicts", ("kind", "with", "why", "prevails"),
              [(row["kind"], row["text"], row["reason"], row["prevails"]) for row in found["conflicts"]])  # fmt: skip


def _clauses(found: dict[str, Any]) -> None:
    for clause in found["clauses"]:
        print(f"{clause['number']}  {clause['lead_in']} {clause['text']}".replace("   ", "  "))
        print(f"  {clause['section_title']}; {_place(clause)}; {clause['id']}")
        for rule in clause["rules"]:
            print(f"  - {rule['modality']}: {rule['text']}  [{rule['id']}]")


def _concept(found: dict[str, Any]) -> None:
    concept = found["concept"]
    print(f"{concept['label']} ({concept['kind']})  {concept['definition']}".rstrip())
    if concept["aliases"]:
        print(f"also called: {', '.join(concept['aliases'])}")
    edges = [(row["source"], row["type"] if row["polarity"] > 0 else f"not {row['type']}", row["target"])
             for row in found["neighbours"]]  # fmt: skip
    if edges:
        table("Neighbours", ("source", "relation", "target"), edges)
    if found["rules"]:
        table("Rules", ("clause", "modality", "rule"),
              [(row["clause"], row["modality"], row["text"]) for row in found["rules"]])  # fmt: skip
    table("Sources", ("source", "where", "how"),
          [(row["source"], _where(row), row["method"]) for row in found["sources"]])  # fmt: skip


def _where(source: dict[str, Any]) -> str:
    place = source["place"]
    if not place:
        return str(source["ref"])
    page = f", page {place['page']}" if place["page"] else ""
    return f"{place['document']} {place['version']}, {place['number']}{page}".replace(" ,", ",")
