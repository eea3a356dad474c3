"""Generation: an ontology becomes a dataset that covers it, with the ledger of what each sample exercises.

The public door is light; :mod:`generation.pipeline` holds ``generate``.
"""

from generation.options import DEFAULT_MIX, KINDS, GenerationOptions
from generation.prompting import SYSTEM, VERDICT_PHRASES, build_messages

__all__ = ["DEFAULT_MIX", "KINDS", "SYSTEM", "VERDICT_PHRASES", "GenerationOptions", "build_messages"]
