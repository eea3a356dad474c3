"""Draw docs/images/schema.svg from the labels and relationships of kg.schema: python docs/images/draw_schema.py."""

from html import escape
from pathlib import Path

from kg import schema
from kg.graph import CONFLICTS, ONTOLOGY_EDGES, RELATIONS, RUN_PROBE, SAMPLE_EDGES

WIDTH, HEIGHT, BOX = 1080, 560, (170, 92)
PLACES = {
    schema.DOCUMENT: (40, 40, "title, version, sha256"),
    schema.SECTION: (40, 234, "number, title, level"),
    schema.CLAUSE: (40, 428, "number, text, page"),
    schema.RULE: (454, 428, "modality, actor, action"),
    schema.CONCEPT: (454, 140, "label, kind, definition"),
    schema.SAMPLE: (868, 284, "question, verdict, split"),
    schema.RUN: (868, 40, "id"),
    schema.PROBE: (868, 162, "question, expected"),
}
LINES = {
    # edge: from and to as (x, y), where its name stands, and how it is anchored
    ("Document", "HAS_SECTION", "Section"): ((125, 132), (125, 234), (133, 188)),
    ("Section", "HAS_CLAUSE", "Clause"): ((125, 326), (125, 428), (133, 382)),
    ("Clause", "STATES", "Rule"): ((210, 500), (454, 500), (290, 517)),
    ("Rule", "REFERS_TO", "Clause"): ((454, 452), (210, 452), (280, 445)),
    ("Rule", "MENTIONS", "Concept"): ((539, 428), (539, 232), (547, 345)),
    ("Sample", "EXERCISES", "Rule"): ((868, 352), (624, 455), (742, 428)),
    ("Sample", "EXERCISES", "Concept"): ((868, 318), (624, 215), (684, 296)),
    ("Sample", "EXERCISES_RELATION", "Concept"): ((868, 295), (624, 165), (660, 160)),
    ("Run", "JUDGED", "Probe"): ((953, 132), (953, 162), (961, 152)),
}
LOOPS = {
    ("Section", "HAS_SECTION", "Section"): (210, 280, ["HAS_SECTION"]),
    ("Clause", "SUPERSEDED_BY", "Clause"): (40, 450, ["SUPERSEDED_BY"]),
    ("Rule", "", "Rule"): (624, 470, [edge.type for edge in CONFLICTS]),
    ("Concept", "", "Concept"): (454, 165, ["IS_A  MUST  MAY", "MUST_NOT  ...", f"({len(RELATIONS)} types)"]),
}


def drawn() -> set[tuple[str, str, str]]:
    """The edges of the picture as (source, type, target)."""
    loops = {(source, name, target) for source, name, target in LOOPS if name}
    loops |= {("Rule", edge.type, "Rule") for edge in CONFLICTS}
    loops |= {("Concept", edge.type, "Concept") for edge in RELATIONS}
    return set(LINES) | loops


def svg() -> str:
    """The picture."""
    wanted = {(edge.source, edge.type, edge.target) for edge in (*ONTOLOGY_EDGES, *SAMPLE_EDGES, RUN_PROBE)}
    if wanted != drawn() or set(PLACES) != set(schema.LABELS):
        raise SystemExit(f"the picture is out of date: {sorted(wanted ^ drawn())}")
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        'role="img" aria-label="Labels and relationships of the graph" font-family="system-ui, sans-serif">'
    )
    tip = (
        '<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" '
        'orient="auto-start-reverse"><path d="M0 0 10 5 0 10z" fill="#475569"/></marker></defs>'
    )
    parts = [head, tip, f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>']
    for (_, name, _), ((x1, y1), (x2, y2), (x, y)) in LINES.items():
        parts.append(f'<path d="M{x1} {y1} {x2} {y2}" stroke="#475569" fill="none" marker-end="url(#tip)"/>')
        parts.append(_text(x, y, name, 12, "#334155"))
    for (label, _, _), (x, y, names) in LOOPS.items():
        left = x == PLACES[label][0]
        out = -36 if left else 36
        path = f"M{x} {y} C{x + out} {y} {x + out} {y + 40} {x} {y + 40}"
        parts.append(f'<path d="{path}" stroke="#475569" fill="none" marker-end="url(#tip)"/>')
        anchor = "end" if left and label == schema.CONCEPT else "start"
        at = (x + out - 6, y + 8) if anchor == "end" else (20, 538) if left else (x + out + 2, y + 8)
        for line, name in enumerate(names):
            parts.append(_text(at[0], at[1] + 15 * line, name, 12, "#334155", anchor))
    for label, (x, y, properties) in PLACES.items():
        fill = "#e0f2fe" if label in schema.ONTOLOGY_LABELS else "#fef3c7"
        parts.append(
            f'<rect x="{x}" y="{y}" width="{BOX[0]}" height="{BOX[1]}" rx="8" fill="{fill}" stroke="#475569"/>'
        )
        parts.append(_text(x + BOX[0] / 2, y + 36, label, 17, "#0f172a", "middle", bold=True))
        parts.append(_text(x + BOX[0] / 2, y + 60, properties, 11, "#475569", "middle"))
    parts.append("</svg>")
    return "\n".join(parts) + "\n"


def _text(x: float, y: float, text: str, size: int, fill: str, anchor: str = "start", *, bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{fill}" text-anchor="{anchor}"{weight}>{escape(text)}</text>'


if __name__ == "__main__":
    Path(__file__).with_name("schema.svg").write_text(svg(), encoding="utf-8")
