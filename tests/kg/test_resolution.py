"""Resolution of names: what is one merges, what is opposite never does."""

import dataclasses
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Concept
from kg.resolution import key, merge_concepts, resolve
from tests.kg.gift_policy import POLICY, concept, relation

SAME = (
    ("gift", "Gifts"), ("the gift", "gift"), ("conflict of interest", "conflicts of interest"),
    ("e-mail", "E-Mails"), ("third-party agent", "third party agents"), ("organisation", "organization"),
    ("our hospitality register", "Hospitality Register"), ("policy", "policies"), ("licence", "license"),
    ("supplier’s invoice", "supplier's invoices"), ("code of conduct", "Codes of Conduct"),
)  # fmt: skip
TRAPS = (
    ("may accept gifts", "may not accept gifts"), ("must report", "need not report"), ("gift giver", "gift receiver"),
    ("competitor", "competition law"), ("competitor", "competition"), ("employer", "employee"),
    ("payer", "payee"), ("compliance", "non-compliance"), ("disclosed data", "undisclosed data"),
    ("gift", "gift card"), ("good", "goods"), ("damage", "damages"), ("public official", "former public official"),
    ("data controller", "data processor"), ("approval", "pre-approval"), ("bribery", "anti-bribery"),
    ("licensor", "licensee"), ("gift to client", "gift from client"), ("import", "export"), ("legal", "illegal"),
    ("with consent", "without consent"), ("above limit", "below limit"), ("level 1 data", "level 2 data"),
    ("direct report", "indirect report"), ("party", "third party"), ("security", "securities"),
)  # fmt: skip


def named(*labels: str, kind: str = "thing") -> list[Concept]:
    return [Concept(f"k{place}", label, kind) for place, label in enumerate(labels)]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_spellings_of_one_name_merge(first: str, second: str) -> None:
    """Number, case, determiner, hyphen and spelling are undone."""
    assert len(resolve(named(first, second)).merged) == 1


@pytest.mark.parametrize(("first", "second"), TRAPS)
@pytest.mark.parametrize("kind", ["thing", "action"])
def test_opposites_never_merge(first: str, second: str, kind: str) -> None:
    """Polarity, modality and role keep names apart."""
    assert not resolve(named(first, second, kind=kind)).merged


def test_an_action_is_not_a_thing() -> None:
    """To record and a record are two concepts; forms of one verb are one."""
    things = [Concept("a", "record", "action"), Concept("b", "record", "document")]
    assert not resolve(things).merged
    assert len(resolve(named("accept gift", "accepting gifts", kind="action")).merged) == 1


def test_a_defined_acronym_merges_and_a_guessed_one_waits() -> None:
    """Initials alone are only a question to a person."""
    officer = concept("data protection officer", "party", aliases=("DPO",))
    short = concept("DPO", "party", weight=0.1)
    found = resolve((officer, short))
    assert found.merged == {short.id: officer.id}
    assert found.merges[0].reason == "defined as 'DPO'"
    guessed = resolve((dataclasses.replace(officer, aliases=()), short))
    assert not guessed.merged
    assert guessed.review[0].reason == "initials of the other"


def test_an_alias_of_two_concepts_waits() -> None:
    """An ambiguous acronym merges nothing."""
    found = resolve((concept("chief financial officer", aliases=("CO",)), concept("compliance officer", aliases=("CO",)),
                     concept("CO")))  # fmt: skip
    assert not found.merged
    assert {pair.score for pair in found.review} <= {0.6, 0.7}
    assert found.review


def test_an_alias_never_joins_opposite_polarity() -> None:
    """Even a wrong definition does not merge a concept with its denial."""
    found = resolve((concept("compliance", aliases=("non-compliance",)), concept("non-compliance")))
    assert not found.merged
    assert found.review


def test_a_person_decides_and_undoes() -> None:
    """A decision overrides the names, in both directions."""
    first, second, third = named("gift", "gifts", "present")
    decisions = {("k1", "k0"): False, ("k0", "k2"): True}
    assert resolve((first, second, third), decisions).merged == {"k2": "k0"}


def test_typos_and_compounds_wait_for_review() -> None:
    """What looks alike is queued, most likely first."""
    found = resolve(named("data base", "database", "hospitalty register", "hospitality register"))
    assert [pair.reason for pair in found.review] == ["same letters, written apart or together", "one letter apart"]
    assert not found.merged


def test_merging_moves_what_hangs_on_a_concept() -> None:
    """Names, mentions and relations go to the concept that stays; equal ones unite, loops go."""
    twin = concept("gifts", "asset", 0.1)
    policy = dataclasses.replace(
        POLICY,
        concepts=(*POLICY.concepts, twin),
        relations=(*POLICY.relations, relation("watch", "IsA", "gifts"), relation("gifts", "Synonym", "gift")),
    )
    found = merge_concepts(policy, resolve(policy.concepts))
    assert found.concept_by_id["k:gift"].aliases == ("present", "gifts")
    assert len(found.relations) == len(POLICY.relations)


LABELS = ["gift", "gifts", "Gift", "gift giver", "may gift", "not gift", "DPO", "the data officer", "data officers"]


@given(st.permutations(LABELS), st.randoms())
def test_the_order_does_not_matter(labels: list[str], shuffle: random.Random) -> None:
    """Any order of the concepts gives the same merges, and a merge is final."""
    concepts = [
        Concept(f"k:{label}", label, "thing", aliases=("DPO",) if label == "data officers" else ()) for label in labels
    ]
    found = resolve(concepts)
    shuffle.shuffle(concepts)
    assert resolve(concepts) == found
    assert not set(found.merged.values()) & set(found.merged)


@given(st.text(max_size=40))
def test_keys_are_stable(name: str) -> None:
    """A key of any text exists and does not depend on case."""
    assert key(name.upper()) == key(name.upper().lower()) or not name.isascii()


def test_many_names_are_resolved_alike_in_any_order() -> None:
    """Two thousand names give the same merges whatever their order."""
    chooser = random.Random(1)
    words = [
        f"{start}{end}"
        for start in ("ab", "de", "pro", "con", "inter", "sub", "trans")
        for end in ("duct", "form", "gress", "ject", "mit")
    ]
    concepts = [Concept(f"k{place}", " ".join(chooser.choices(words, k=3)), "thing") for place in range(2_000)]
    merged = resolve(concepts).merged
    assert merged
    assert resolve(concepts[::-1]).merged == merged
