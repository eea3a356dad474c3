"""What a sample itself says, without what is said about rules in every sample.

"Clause 2.8 allows this. Is that a breach?" tells of no allowing and of no breach: a concept of that name is mentioned where
somebody allows something, and not wherever a rule is spoken of.
"""

import re

from kg.model import Sample

_RULE = r"(?:this|that|the|our|a|any|which) (?:rule|policy|clause)"
_NUMBERED = r"(?:clauses?|sections?|articles?|paragraphs?|rules?|§{1,2}) ?\d[\w.()-]*"
_SAYS = (
    r"(?:says?|states?|allows?|allow|permits?|requires?|require|forbids?|forbid|prohibits?|limits?|decides?|deals?|speaks?|holds?|"
    r"prevails?|applies|apply|broken|counts?|asks?|ends?)"
)
ABOUT_RULES = (
    # "Permitted." and "Verdict: Needs information." stand in every answer.
    re.compile(r"^(?:permitted|prohibited|needs information)\.|^verdict:.*$", re.IGNORECASE | re.MULTILINE),
    # "Clause 2.8 does not allow", "Clauses 2.1 and 7.6 each say", "Clause 4.7 may be broken"
    re.compile(
        rf"\b{_NUMBERED}(?:(?:,| and| or) {_NUMBERED})*(?: (?:does|do|may|is|are|each|both|not|be|only)){{0,3}} {_SAYS}\b", re.IGNORECASE
    ),
    # "the policy says:", "One of our rules says"
    re.compile(r"\b(?:the|our|your) (?:company )?(?:policy|code|rules|clause) (?:says?|allows?|forbids?|requires?)\b", re.IGNORECASE),
    re.compile(r"\bone of (?:our|the) rules says\b", re.IGNORECASE),
    # "followed this rule", "told the team that this rule no longer holds"
    re.compile(rf"\b(?:follow|followed|follows|broke|break|broken|breached|kept to|keep to|went against|violated) {_RULE}\b", re.IGNORECASE),
    re.compile(rf"\b{_RULE} (?:no longer holds|still holds|was broken|is broken)\b", re.IGNORECASE),
    # "but whether it is within 24 hours is not said", "the inquiry left open whether"
    re.compile(r"\b(?:is|was) not (?:said|told|known|clear)\b|\bnobody says\b|\b(?:leaves?|left|remains?) open\b", re.IGNORECASE),
    # "I heard from Olga that", "Ivan claims that", "it was as Olga says": who tells it, and not what is told; "reported that" may be the act
    re.compile(r"\bI heard from (?=[A-Z])|(?<=[\w’'-] )(?:claims|says|said|wrote|told me) that\b|\b(?:what|as) [A-Z][\w’'-]* (?:says|does)\b"),
    re.compile(r"\bwhere does that leave (?:us|me)\?", re.IGNORECASE),
    # "Is that a breach?", "Was anything about that a breach?", "Does that break a rule?"
    re.compile(
        r"\b(?:is|was|would|does|did|may|can|could) (?:that|this|it|all of that|anything about that|there)\b[^.?!]{0,40}"
        r"\b(?:breach|problem|order|policy|right|allowed|permitted|rule|rules|code)\b[^.?!]{0,20}\?",
        re.IGNORECASE,
    ),
)  # fmt: skip


def spoken_text(sample: Sample) -> str:
    """Question, answer and later turns of ``sample``, without what every sample has.

    The retrieved context is not the sample's own text, the verdict "Needs information." is no mention of
    information, and what a clause does is not what the sample tells.
    """
    later = [message.content for message in sample.messages[3:]]
    text = "\n".join([sample.question, sample.answer, *later])
    for talk in ABOUT_RULES:
        text = talk.sub(" ", text)
    return text
