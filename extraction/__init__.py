"""From documents to an ontology: readers, structure, rules, concepts, relations.

The one door is :func:`ingest`. Everything that needs spaCy is imported when it is called, so importing this package
costs nothing. Spans point into ``Document.text``, the normalised text: ``text[span.start:span.end]`` is exactly the
clause.
"""

from extraction.options import ExtractionOptions
from extraction.pipeline import Ingestion, StageYield, ingest

__all__ = ["ExtractionOptions", "Ingestion", "StageYield", "ingest"]
