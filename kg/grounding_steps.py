"""Steps that a rule may ask for, and how people say that one was taken or left out.

General words of offices and shops, none of them a policy's own: an approval is given when somebody signs off, agrees, or gives
the green light, and lacking when nobody was asked.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """``asked``: a rule asks for it; ``taken``: a case speaks of it; ``left``: a case says that it was left out."""

    name: str
    asked: re.Pattern[str]
    taken: re.Pattern[str]
    left: re.Pattern[str]


_WORDS: tuple[tuple[str, str, str, str], ...] = (
    (
        "approval",
        r"approv(?!ed (?:\w+ )?(?:list|catalogue|register|tools?|suppliers?|vendors?|countries))\w+|consent\w*|permission|authoris\w+|authoriz\w+|agreement of|has agreed|agrees|confirmed",
        (
            r"approv\w+|consent\w*|permission|permitted|authoris\w+|authoriz\w+|agree[ds]?|signed (?:\w+ ){0,3}off|sign-off|said (?:yes|no)|"
            r"green light|go-ahead|cleared|the answer was|turned (?:it|the request|\w+) down|refus\w+|is (?:all )?for it|allowed|"
            r"fine with (?:me|it|that|her|him|us|them)|(?:written|clear|prompt) (?:yes|no)\b|nodded|blessing|okayed|no objections?|happy with (?:it|that)"
        ),
        (
            r"(?:not|never|n[’']t|nobody|no one|without) (?:\w+ )?(?:ask\w*|mention\w*|t(?:ell|old|elling)|inform\w*|knew|know|consult\w*|discuss\w*|involv\w*|"
            r"a word|bother\w*|hear\w*)|knew nothing|said nothing|(?:settled|decided|did|arranged) (?:\w+ ){1,3}on (?:my|his|her|their|our) own\b|"
            r"on (?:my|his|her|their|our) own (?:authority|initiative)|(?:asked|told) (?:nobody|no one)|behind \w+ back|(?:told|asked|informed) only afterwards|"
            r"kept (?:it |this )?(?:quiet|to \w+self)"
        ),
    ),
    (
        "report",
        r"report(?!er)\w*|disclos\w+|inform(?:s|ed|ing)?\b|notif\w+|tell|declare\w*",
        (
            r"report(?:ed|s|ing)?|disclos\w+|inform(?:ed|s|ing)?|notif\w+|t(?:ell|ells|old)|declare[ds]?|mention\w*|e-?mailed|let \w+ \w+ know|raised it|"
            r"wrote to|spoke to|said nothing|kept (?:it|quiet|this)|passed (?:it|this|that|\w+) on|rang|phoned|got in touch|gave (?:\w+ ){1,4}details"
        ),
        r"knew nothing|said nothing|kept (?:it |this )?(?:quiet|secret|to \w+self)|nobody (?:knows|knew)",
    ),
    (
        "record",
        r"register\w*|entered? in|enter \w+|record\w*|logged|log\b|documented|(?<!confirm )(?<!acknowledge )(?<!of )receipts?\b|in writing|written",
        (
            r"registered (?:it|the|a|an|him|her|them|with)|(?:in|into) the (?:gift )?register|enter(?:ed|s)|entry|recorded|logged|in the (?:site |log)\w*|"
            r"documented|receipts?|invoices?|in writing|written|wrote it|noted|contract|on paper|by (?:e-?)?mail\b|put (?:it|her|him|them) on the \w+ ?list"
        ),
        r"no (?:record|entry|receipt|note)",
    ),
    (
        "check",
        r"check\w*|verif\w+|screen\w*|review\w*|inspect\w*|confirmed by",
        r"check(?:ed|s)?|verified|screened|review(?:ed)?|inspected|called back|looked (?:it|him|her|them) up",
        r"without looking",
    ),
)


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})", re.IGNORECASE)


STEPS = tuple(Step(name, _pattern(asked), _pattern(taken), _pattern(left)) for name, asked, taken, left in _WORDS)
