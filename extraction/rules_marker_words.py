"""The words that open a condition, an exception or an aside, and what each opens."""

_MARKERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "exception",
        (
            "unless", "except", "other than", "otherwise than", "save", "excluding", "excepting", "apart from", "aside from",
            "with the exception of", "but not", "but", "barring",
        ),
    ),
    (
        "condition",
        (
            "otherwise",
            "only if", "only when", "only where", "only after", "only upon", "only with", "only to the extent",
            "only for", "only in", "only as", "even if", "if", "when", "whenever", "where", "wherever", "provided that",
            "provided", "providing that", "as long as", "so long as", "for as long as", "to the extent", "in so far as",
            "insofar as", "in the event", "in the case of", "in case", "in cases where", "in cases in which",
            "in the cases", "in an emergency", "in that event", "in that case", "in such cases", "in such case", "in these cases", "upon",
            "on receipt of", "after", "before", "prior to", "once", "until", "as necessary", "at the time",
            "on condition", "on the condition", "for no longer than", "as soon as", "in response to",
            "assuming", "if applicable", "if appropriate", "if relevant", "if required", "if needed", "when applicable",
            "when appropriate", "when necessary", "where required", "where needed", "during", "while", "by the time", "for", "if possible", "if necessary", "where appropriate",
            "where possible", "where applicable", "where relevant", "where necessary", "where feasible",
            "in the performance of", "in the exercise of", "in the case", "at the request of", "following",
            "pending", "consistent with", "in the context of", "in the course of", "for the purposes of", "for purposes of",
        ),
    ),
    (
        "aside",
        (
            "because", "since", "although", "even though", "though", "whereas", "notwithstanding", "in addition to",
            "taking into account", "taking into consideration", "taking account of", "if any", "as the case may be", "under this", "under that", "with respect to", "as required by", "as described",
            "as provided", "as set out", "as defined", "as permitted", "as referred to", "as part of", "so that",
            "in accordance with", "pursuant to", "even in", "even as", "even with", "without prejudice", "without undue delay", "without delay",
            "including", "such as", "for example", "e.g.", "i.e.", "regardless of", "instead of", "rather than", "in order to",
            "subject to", "as follows", "as applicable", "thereby", "under those", "at least the", "for instance",
            "no later than", "not later than", "within", "whether", "whatever", "in particular",
        ),
    ),
)  # fmt: skip

LOOKUP = {tuple(words.split()): kind for kind, entries in _MARKERS for words in entries}
"""Kind by the marker's words."""
LONGEST = max(len(key) for key in LOOKUP)
"""Words of the longest marker."""
