"""How much of the structure of real documents is found: ``python -m benchmarks.structure [FOLDER]``.

FOLDER holds ``asvs``, ``gdpr``, ``hipaa``, ``github-site-policy`` and ``basecamp`` (default ../shared/data/policies).
Prints one JSON object; exits with 1 when a bar is missed: ASVS 5.0 from PDF and DOCX against its own JSON >= 99 % of the
numbered requirements with text similarity >= .95, GDPR 99 articles and 173 recitals, every section of HIPAA part 164.
"""

import json
import re
import sys
import time
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from extraction.numbering import key
from extraction.options import ExtractionOptions
from extraction.pipeline import read_documents
from kg.model import Ontology

ASVS = "OWASP_Application_Security_Verification_Standard_5.0.0_en"
QUOTES = str.maketrans("‘’“”", "''\"\"")
MARKUP = re.compile(r"[*`_\\]|\[([^\]]*)\]\([^)]*\)")


def read(path: Path) -> tuple[Ontology, float, int]:
    """A document's sections and clauses, the seconds that took, and how many documents were rejected."""
    start = time.perf_counter()
    ontology, _, yields = read_documents([path], ExtractionOptions(exclude=()))
    return ontology, round(time.perf_counter() - start, 3), yields[0].rejected


def requirements(node: dict[str, Any]) -> dict[str, str]:
    """Shortcode -> description of every requirement below a node of the ASVS JSON."""
    if "Description" in node and "Items" not in node and "L" in node:
        return {node["Shortcode"]: node["Description"]}
    found: dict[str, str] = {}
    for child in node.get("Requirements", node.get("Items", [])):
        found.update(requirements(child))
    return found


def plain(text: str) -> str:
    """Text without Markdown signs and with straight quotes: the source files differ in those."""
    return " ".join(MARKUP.sub(lambda found: found.group(1) or "", text.translate(QUOTES)).split())


def asvs(folder: Path, suffix: str) -> dict[str, object]:
    """Share of the requirements that are a clause of their own number and words."""
    wanted = requirements(json.loads((folder / f"{ASVS}.json").read_text(encoding="utf-8")))
    ontology, seconds, _ = read(folder / f"{ASVS}.{suffix}")
    clauses: dict[tuple[str, ...], list[str]] = {}
    for clause in ontology.clauses:
        clauses.setdefault(key(clause.number), []).append(plain(clause.text))
    scores = [
        max(
            (SequenceMatcher(None, text, plain(words), autojunk=False).ratio() for text in clauses.get(key(code), [])),
            default=0.0,
        )
        for code, words in wanted.items()
    ]
    found = sum(score >= 0.95 for score in scores)
    return {
        "requirements": len(wanted),
        "found": found,
        "share": round(found / len(wanted), 4),
        "mean_similarity": round(sum(scores) / len(scores), 4),
        "seconds": seconds,
    }


def gdpr(path: Path) -> dict[str, object]:
    """Articles that are sections, and recitals that are clauses."""
    ontology, seconds, _ = read(path)
    articles = {s.number for s in ontology.sections if re.fullmatch(r"Article \d+", s.number)}
    recitals = {c.number for c in ontology.clauses if re.fullmatch(r"Recital \d+", c.number)}
    return {"articles": len(articles), "recitals": len(recitals), "clauses": len(ontology.clauses), "seconds": seconds}


def hipaa(path: Path) -> dict[str, object]:
    """Sections whose heading the file itself marks as such, and those found."""
    wanted = set(re.findall(r"<h4[^>]*>\s*(§ 164\.\d+)", path.read_text(encoding="utf-8")))
    ontology, seconds, _ = read(path)
    found = {section.number for section in ontology.sections} & wanted
    return {"sections": len(wanted), "found": len(found), "clauses": len(ontology.clauses), "seconds": seconds}


def folder_of(path: Path) -> dict[str, object]:
    """A folder of Markdown: how many documents, how many of them unreadable."""
    ontology, seconds, rejected = read(path)
    words = sum(document.words for document in ontology.documents)
    return {"documents": len(ontology.documents), "rejected": rejected, "words": words, "seconds": seconds}


def measure(root: Path) -> dict[str, Any]:
    """All documents and whether every bar holds."""
    result: dict[str, Any] = {
        "asvs_pdf": asvs(root / "asvs", "pdf"),
        "asvs_docx": asvs(root / "asvs", "docx"),
        "gdpr": gdpr(root / "gdpr" / "gdpr.html"),
        "hipaa": hipaa(root / "hipaa" / "subchapter-C_part-164.html"),
        "github": folder_of(root / "github-site-policy"),
        "basecamp": folder_of(root / "basecamp"),
    }
    result["passed"] = (
        min(result["asvs_pdf"]["share"], result["asvs_docx"]["share"]) >= 0.99
        and (result["gdpr"]["articles"], result["gdpr"]["recitals"]) == (99, 173)
        and result["hipaa"]["found"] == result["hipaa"]["sections"] > 0
        and result["github"]["rejected"] == 0
    )
    return result


def main() -> int:
    """Prints the measurement."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("../shared/data/policies")
    result = measure(root)
    print(json.dumps(result, indent=2))
    return 0 if result["passed"] else 1


if __name__ == "__main__":
    sys.exit(main())
