"""What a model knows of a policy: probes, answers, figures with intervals, and the report.

The room compares two models on the same cases with the same retrieved clauses. Three traps it is built around: a
model that failed is not a model that was wrong (unscored, with the reason); cases on one rule are not independent
(whole families are resampled); a region that nobody asked about is not known to be good (listed as untested).

The names below are resolved when first used, so that reading the options of an audit does not load numpy. The
audit itself is ``evaluation.audit.audit``: a name that is also a module cannot be resolved late.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evaluation.answers import Answer, AnswerModel, Contexts, ModelAnswer, ScriptedModel, answer, contexts
    from evaluation.audit import Audit
    from evaluation.figures import ReportData
    from evaluation.options import AuditOptions
    from evaluation.probes import Probe, from_samples, load_heldout
    from evaluation.report import write_report

__all__ = [
    "Answer",
    "AnswerModel",
    "Audit",
    "AuditOptions",
    "Contexts",
    "ModelAnswer",
    "Probe",
    "ReportData",
    "ScriptedModel",
    "answer",
    "contexts",
    "from_samples",
    "load_heldout",
    "write_report",
]

_HOME = {
    "Answer": "answers",
    "AnswerModel": "answers",
    "Audit": "audit",
    "AuditOptions": "options",
    "Contexts": "answers",
    "ModelAnswer": "answers",
    "Probe": "probes",
    "ReportData": "figures",
    "ScriptedModel": "answers",
    "answer": "answers",
    "contexts": "answers",
    "from_samples": "probes",
    "load_heldout": "probes",
    "write_report": "report",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"evaluation.{_HOME[name]}"), name)
