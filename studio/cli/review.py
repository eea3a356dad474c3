"""The questions that wait for a person: list them, look at one, accept or reject it, take a decision back.

A decision is applied by the next `plumbline ingest` or `plumbline run`. What was merged automatically stands in
`plumbline review list --status accepted` and can be undone like a decision.
"""

import argparse
from typing import TYPE_CHECKING

from studio.cli.options import common, studio_of

if TYPE_CHECKING:
    from kg.review import ReviewItem, ReviewQueue

HELP = "the questions that wait for a person: list, show, accept, reject, undo"
NEXT = "applied by the next: plumbline ingest"


def configure(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = commands.add_parser("list", help="the questions, most likely first")
    listed.add_argument("--kind", default="", metavar="KIND", help="only this kind, e.g. merge or conceptnet_link")
    listed.add_argument(
        "--status", default="pending", choices=("pending", "accepted", "rejected", "all"), help="default: pending"
    )
    listed.add_argument("--limit", type=int, default=50, metavar="N", help="show at most so many (default 50, 0 = all)")
    common(listed)
    actions = (
        ("show", "one question with its reason, candidates and evidence"),
        ("accept", "yes"),
        ("reject", "no, for good"),
        ("undo", "take the last decision back, or part what was merged automatically"),
    )
    for name, text in actions:
        one = commands.add_parser(name, help=text)
        one.add_argument(
            "id", help="the id, or its beginning" if name == "show" else "the id, its beginning, or several"
        )
        if name == "accept":
            one.add_argument("--choose", default="", metavar="CANDIDATE", help="another candidate than the first")
        if name != "show":
            one.add_argument("more", nargs="*", metavar="id", help=argparse.SUPPRESS)
            one.add_argument("--by", default="", metavar="NAME", help="who decides (default: the user's name)")
        common(one)


def run(arguments: argparse.Namespace) -> int:
    from kg.review import QUEUE, ReviewQueue

    studio = studio_of(arguments, quiet=True)
    queue = ReviewQueue(studio.workspace.root / QUEUE)
    if arguments.action == "list":
        _list(queue, arguments)
    elif arguments.action == "show":
        _show(queue.find(arguments.id), as_json=arguments.json)
    else:
        _decide(queue, arguments)
    return 0


def _list(queue: "ReviewQueue", arguments: argparse.Namespace) -> None:
    from kg.review import Status
    from studio.cli.console import print_json, table

    status = None if arguments.status == "all" else Status(arguments.status)
    found = queue.items(arguments.kind, status)
    shown = found[: arguments.limit] if arguments.limit > 0 else found
    if arguments.json:
        print_json({"total": len(found), "counts": queue.counts(), "items": shown})
        return
    rows = [
        (short(item), item.kind, item.score, item.question or item.subject, item.reason, _state(item)) for item in shown
    ]
    table(f"{len(shown)} of {len(found)} questions", ("id", "kind", "score", "question", "reason", "status"), rows)


def _show(item: "ReviewItem", *, as_json: bool) -> None:
    from studio.cli.console import figures, print_json, table

    if as_json:
        print_json(item)
        return
    figures(
        item.question or item.subject,
        {"id": item.id, "kind": item.kind, "score": item.score, "reason": item.reason, "status": _state(item)}
        | {"subject": item.subject, "candidates": ", ".join(item.candidates)},
    )
    if item.evidence:
        table("Evidence", ("",), [(line,) for line in item.evidence])


def _decide(queue: "ReviewQueue", arguments: argparse.Namespace) -> None:
    from kg.review import Status
    from studio.cli.console import print_json
    from studio.workspace import now

    by = arguments.by or _user()
    ids = [queue.find(id_).id for id_ in (arguments.id, *arguments.more)]  # all are known before one is decided
    done: list[ReviewItem] = []
    for id_ in ids:
        if arguments.action == "undo":
            done.append(queue.undo(id_, by=by, at=now()))
        else:
            status = Status.ACCEPTED if arguments.action == "accept" else Status.REJECTED
            choice = getattr(arguments, "choose", "")
            done.append(queue.decide(id_, status, by=by, at=now(), choice=choice))
    if arguments.json:
        print_json({"items": done})
        return
    for item in done:
        print(f"{short(item)}  {_state(item)}: {item.question or item.subject}")
    print(NEXT)


def short(item: "ReviewItem") -> str:
    """An id as it is typed."""
    return item.id.removeprefix("review:")


def _state(item: "ReviewItem") -> str:
    return f"{item.status.value} by {item.decided_by}" if item.decided_by else item.status.value


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no name is known, as in some containers
        return "a person"
