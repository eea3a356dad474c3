"""The review queue: what is asked, what was decided, and that no decision is lost."""

import dataclasses
import threading
from pathlib import Path

import pytest

from kg.errors import PlumblineError, UserError
from kg.review import AUTOMATIC, ReviewItem, ReviewQueue, Status, automatic, review_item

AT = "2026-11-22T08:00:00+00:00"


def merge(first: str, second: str, score: float = 0.7) -> ReviewItem:
    return review_item("merge", first, (second,), score, "look alike", f"is {first} the same as {second}?")


@pytest.fixture
def queue(tmp_path: Path) -> ReviewQueue:
    return ReviewQueue(tmp_path / "workspace" / "review.jsonl")


def test_ids_follow_from_the_content() -> None:
    """The same question has the same id whatever its score and the order of its candidates."""
    one = review_item("conceptnet_link", "k:gift", ("/c/en/gift", "/c/en/talent"), 0.5, "two senses")
    two = review_item("conceptnet_link", "k:gift", ("/c/en/talent", "/c/en/gift"), 0.6, "another reason")
    assert one.id == two.id
    assert merge("a", "b").id != merge("a", "c").id
    assert one.status is Status.PENDING


def test_a_queue_without_a_file_is_empty(queue: ReviewQueue) -> None:
    """Reading makes no file."""
    assert queue.items() == queue.decided("merge") == ()
    assert not queue.path.exists()


def test_proposing_again_changes_nothing(queue: ReviewQueue) -> None:
    """The file of a second equal run is the same, byte by byte."""
    items = (merge("a", "b"), merge("c", "d", 0.8))
    queue.propose("merge", items)
    before = queue.path.read_bytes()
    queue.propose("merge", items[::-1])
    assert queue.path.read_bytes() == before
    assert queue.items("merge") == (items[1], items[0])


def test_a_decision_outlives_the_runs(queue: ReviewQueue) -> None:
    """A run that asks the same, something else or nothing keeps what a person decided."""
    item = merge("a", "b")
    queue.propose("merge", [item, merge("c", "d")])
    decided = queue.decide(item.id, Status.ACCEPTED, by="ana", at=AT)
    assert (decided.status, decided.decided_by, decided.decided_at, decided.choice) == ("accepted", "ana", AT, "b")
    for proposals in ([item], [merge("e", "f")], []):
        queue.propose("merge", proposals)
        assert queue.decided("merge") == (decided,)
    assert queue.items() == (decided,)


def test_kinds_do_not_touch_each_other(queue: ReviewQueue) -> None:
    """One stage's proposals withdraw nothing of another's."""
    link = review_item("conceptnet_link", "k", ("/c/en/a", "/c/en/b"), 0.4, "near")
    queue.propose("merge", [merge("a", "b")])
    queue.propose("conceptnet_link", [link])
    queue.propose("merge", [])
    assert queue.items() == (link,)
    with pytest.raises(ValueError, match="not of the kind"):
        queue.propose("merge", [link])


def test_a_choice_is_one_of_the_candidates(queue: ReviewQueue) -> None:
    """A person may take another candidate than the best, but none that was not offered."""
    link = review_item("conceptnet_link", "k", ("/c/en/a", "/c/en/b"), 0.4, "near")
    queue.propose("conceptnet_link", [link])
    assert queue.decide(link.id, Status.ACCEPTED, by="ana", at=AT, choice="/c/en/b").choice == "/c/en/b"
    with pytest.raises(UserError, match="no candidate"):
        queue.decide(link.id, Status.ACCEPTED, by="ana", at=AT, choice="/c/en/z")
    assert queue.decide(link.id, Status.REJECTED, by="ana", at=AT).choice == ""


def test_undo_takes_back_one_decision_after_the_other(queue: ReviewQueue) -> None:
    """The state before the decision comes back; where nothing was decided there is nothing to undo."""
    item = merge("a", "b")
    queue.propose("merge", [item])
    queue.decide(item.id, Status.REJECTED, by="ana", at=AT)
    queue.decide(item.id, Status.ACCEPTED, by="ana", at=AT)
    assert queue.undo(item.id, by="ben", at=AT).status is Status.REJECTED
    assert queue.undo(item.id, by="ben", at=AT) == item == queue.find(item.id)
    with pytest.raises(UserError, match="nothing was decided"):
        queue.undo(item.id, by="ben", at=AT)


def test_an_automatic_decision_can_be_undone(queue: ReviewQueue) -> None:
    """It is listed as accepted by nobody; undone it is a rejection by a person; undone again it is back."""
    item = automatic(merge("a", "b", 1.0))
    queue.propose("merge", [item])
    assert queue.items(status=Status.ACCEPTED) == (item,)
    assert queue.decided("merge") == ()
    assert queue.undo(item.id, by="ana", at=AT).status is Status.REJECTED
    assert [one.decided_by for one in queue.decided("merge")] == ["ana"]
    assert queue.undo(item.id, by="ana", at=AT).decided_by == AUTOMATIC
    assert queue.decided("merge") == ()


def test_what_nobody_asks_any_more_is_withdrawn_and_may_come_back(queue: ReviewQueue) -> None:
    """A pending question goes with the text that raised it; a changed score is taken over."""
    item = merge("a", "b")
    queue.propose("merge", [item])
    queue.propose("merge", [])
    assert queue.items() == ()
    again = dataclasses.replace(item, score=0.6)
    queue.propose("merge", [again])
    assert queue.items() == (again,)


def test_a_short_id_is_enough_when_it_is_clear(queue: ReviewQueue) -> None:
    """The beginning of an id finds its item; two that fit are refused."""
    items = [merge("a", str(number)) for number in range(20)]
    queue.propose("merge", items)
    assert queue.find(items[3].id.removeprefix("review:")[:8]) == items[3]
    with pytest.raises(UserError, match="begin with"):
        queue.find("review:")
    for nothing in ("zz", ""):
        with pytest.raises(UserError, match="no item"):
            queue.find(nothing)


def test_a_line_cut_by_a_crash_is_dropped(queue: ReviewQueue) -> None:
    """A cut of the last line at any place leaves the rest readable and writable."""
    item = merge("a", "b")
    queue.propose("merge", [item])
    queue.decide(item.id, Status.ACCEPTED, by="änne", at=AT)
    whole = queue.path.read_bytes()
    kept = whole.index(b"\n") + 1
    for end in (*range(kept, len(whole), 9), len(whole) - 1):
        queue.path.write_bytes(whole[:end])
        expected = Status.ACCEPTED if end == len(whole) - 1 else Status.PENDING  # only the line end is missing
        assert queue.find(item.id).status is expected
        queue.decide(item.id, Status.REJECTED, by="ben", at=AT)
        assert queue.find(item.id).status is Status.REJECTED


def test_damage_inside_the_file_is_named(queue: ReviewQueue) -> None:
    """A broken line before the last is an error with its number, never skipped."""
    queue.propose("merge", [merge("a", "b"), merge("c", "d")])
    queue.path.write_bytes(b"{broken\n" + queue.path.read_bytes())
    with pytest.raises(PlumblineError, match=r"line 1 of .*review\.jsonl"):
        queue.items()


def test_writers_at_once_lose_nothing(queue: ReviewQueue) -> None:
    """Eight threads decide about one item each; all eight decisions are there."""
    items = [merge("a", str(number)) for number in range(8)]
    queue.propose("merge", items)
    threads = [
        threading.Thread(
            target=ReviewQueue(queue.path).decide, args=(item.id, Status.ACCEPTED), kwargs={"by": "x", "at": AT}
        )
        for item in items
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(queue.decided("merge")) == 8
