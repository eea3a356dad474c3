"""What a model knows of a policy: probes, answers, figures with intervals, and the report.

The room compares two models on the same cases with the same retrieved clauses. Three traps it is built around: a
model that failed is not a model that was wrong (unscored, with the reason); cases on one rule are not independent
(whole families are resampled); a region that nobody asked about is not known to be good (listed as untested).
"""

from evaluation.answers import Answer, AnswerModel, Contexts, ModelAnswer, ScriptedModel, answer, contexts
from evaluation.audit import Audit, AuditOptions, audit
from evaluation.probes import Probe, from_samples, load_heldout

__all__ = [
    "Answer",
    "AnswerModel",
    "Audit",
    "AuditOptions",
    "Contexts",
    "ModelAnswer",
    "Probe",
    "ScriptedModel",
    "answer",
    "audit",
    "contexts",
    "from_samples",
    "load_heldout",
]
