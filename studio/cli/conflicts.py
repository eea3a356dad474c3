"""Rules that oppose each other: list them with both texts, look at one, decide which rule prevails or that there is no conflict.

What the text or a principle settles (explicit wording, higher authority, specific over general, later over earlier) stands under
`--status settled` and can be decided otherwise. A decision is applied by the next `plumbline ingest` or `plumbline run`.
"""

import argparse
from typing import Any

from studio.cli.options import common, studio_of

HELP = "rules that oppose each other: list, show, decide, undo"
NEXT = "applied by the next: plumbline ingest"


def configure(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = commands.add_parser("list", help="the conflicts, surest first")
    listed.add_argument(
        "--status",
        default="all",
        choices=("open", "settled", "decided", "dismissed", "all"),
        help="open: a person must decide; settled: by a principle; decided or dismissed by a person (default: all)",
    )
    listed.add_argument("--kind", default="", metavar="KIND", help="only contradiction, limit, exception or supersedes")
    listed.add_argument("--limit", type=int, default=50, metavar="N", help="show at most so many (default 50, 0 = all)")
    common(listed)
    show = commands.add_parser("show", help="one conflict with both rules and why")
    show.add_argument("id", help="the id, or its beginning")
    common(show)
    decide = commands.add_parser("decide", help="say which rule prevails, or dismiss the conflict")
    decide.add_argument("id", help="the id, or its beginning")
    decide.add_argument("answer", help="first, second, a clause's number, a rule's id, or dismiss")
    undo = commands.add_parser("undo", help="take the last decision back")
    undo.add_argument("id", help="the id, or its beginning")
    for one in (decide, undo):
        one.add_argument("--by", default="", metavar="NAME", help="who decides (default: the user's name)")
        common(one)


def run(arguments: argparse.Namespace) -> int:
    from studio import conflicts
    from studio.cli.console import print_json
    from studio.workspace import now

    studio = studio_of(arguments, quiet=True)
    if arguments.action == "list":
        _list(conflicts.listed(studio), arguments)
    elif arguments.action == "show":
        _show(conflicts.one(studio, arguments.id), as_json=arguments.json)
    else:
        answer = "undo" if arguments.action == "undo" else arguments.answer
        row = conflicts.decide(studio, arguments.id, answer, by=arguments.by or _name(), at=now())
        if arguments.json:
            print_json(row)
        else:
            print(f"{short(row)}  {row['status']}{_winner(row)}\n{NEXT}")
    return 0


def _list(rows: list[dict[str, Any]], arguments: argparse.Namespace) -> None:
    from studio.cli.console import print_json, table
    from studio.conflicts import STATES

    found = [row for row in rows if arguments.status in ("all", row["status"]) and arguments.kind in ("", row["kind"])]
    shown = found[: arguments.limit] if arguments.limit > 0 else found
    if arguments.json:
        counts = {state: sum(row["status"] == state for row in rows) for state in STATES}
        print_json({"total": len(found), "counts": counts, "conflicts": shown})
        return
    table(
        f"{len(shown)} of {len(found)} conflicts",
        ("id", "kind", "rules", "why", "status"),
        [(short(row), row["kind"], _texts(row), row["why"], f"{row['status']}{_winner(row)}") for row in shown],
    )


def _show(row: dict[str, Any], *, as_json: bool) -> None:
    from studio.cli.console import figures, print_json

    if as_json:
        print_json(row)
        return
    names = ("first", "second")
    figures(
        f"{row['kind']} {row['id']}",
        {"why": row["why"], "status": f"{row['status']}{_winner(row)}", "principle": row["principle"] or "-"}
        | {f"{name}: {side['citation']}": side["text"] for name, side in zip(names, row["rules"], strict=True)},
    )


def _name() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no name is known, as in some containers
        return "a person"


def short(row: dict[str, Any]) -> str:
    """An id as it is typed."""
    return str(row["id"]).removeprefix("conflict:")


def _texts(row: dict[str, Any]) -> str:
    return "\n".join(f"{side['citation']}: {side['text']}" for side in row["rules"])


def _winner(row: dict[str, Any]) -> str:
    """Who prevails and who said so, as it follows a status."""
    cited = next((side["citation"] for side in row["rules"] if side["rule"] == row["prevails"]), "")
    who = f", {row['decided_by']}" if row["decided_by"] not in ("", "automatic") else ""
    return (f": {cited} prevails" if cited else "") + (f" ({row['principle']}{who})" if row["principle"] else who)
