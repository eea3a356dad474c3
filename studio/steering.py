"""What the audit of an earlier run says of where more samples are wanted: ``coverage.audit``.

Read from the run's ``report.json``, which never changes, so that the same configuration writes the same samples.
"""

from typing import TYPE_CHECKING, Any

from kg.errors import PlumblineError, UserError
from studio.settings import Settings
from studio.workspace import Workspace, read_json

if TYPE_CHECKING:
    from kg.coverage_attention import Attention, Tried

NEWEST = "newest"


def audited_run(workspace: Workspace, wanted: str) -> str:
    """The id of the complete run that ``wanted`` names: its id, how that begins, or :data:`NEWEST`.

    Raises :class:`UserError` when there is none.
    """
    known = [folder.name for folder in workspace.complete_runs() if (folder / "report.json").is_file()]
    found = known[:1] if wanted == NEWEST else [name for name in known if name.startswith(wanted)]
    if len(found) != 1:
        what = (
            f"several runs begin with {wanted}" if found else f"there is no audited run {wanted}".replace(NEWEST, "yet")
        )
        raise UserError(what, f"choose of: {', '.join(known)}" if known else "run: plumbline run")
    return found[0]


def attention(settings: Settings, workspace: Workspace) -> "tuple[Attention, ...]":
    """The regions of the audit of ``coverage.audit`` with the factor that each gets; none where it names no run."""
    from kg.coverage_attention import attention as factors

    options = settings.coverage
    if not options.audit:
        return ()
    name = audited_run(workspace, options.audit)
    try:
        regions: list[dict[str, Any]] = read_json(workspace.runs / name / "report.json")["audit"]["regions"]
        tried = [_tried(one) for one in regions if one["aligned"] is not None]
    except (KeyError, TypeError, ValueError) as error:
        raise PlumblineError(
            f"the report of the run {name} has no audit by region", "name another run in coverage.audit, or audit anew"
        ) from error
    return factors(tried, options.audit_strength)


def _tried(one: dict[str, Any]) -> "Tried":
    from kg.coverage_attention import Tried

    return Tried(one["region"], one["name"], len(one["errors"]), one["aligned"]["n"], 1.0 - one["aligned"]["ci"][0])
