"""The domain ontology: records, graph store, ConceptNet, coverage, retrieval. It knows no spaCy, torch or web."""

from kg.errors import ConstraintViolation, PlumblineError, ReadOnlyError, StoreError, UserError
from kg.model import Ontology

__all__ = ["ConstraintViolation", "Ontology", "PlumblineError", "ReadOnlyError", "StoreError", "UserError"]
