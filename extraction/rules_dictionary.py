"""What a dictionary knows of a word, where the tagger errs."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token


def can_be_verb(token: "Token") -> bool:
    """Whether a dictionary knows the word as the base form of a verb."""
    from lemminflect import getAllLemmas

    return bool(token.is_alpha) and token.lower_ in getAllLemmas(token.lower_).get("VERB", ())


def can_be_verb_form(token: "Token") -> bool:
    """Whether the word in "-ing" is a form of a verb, which the tagger takes for a noun in "prohibited from renting"."""
    from lemminflect import getAllLemmas

    forms = getAllLemmas(token.lower_).get("VERB", ())
    return any(form != token.lower_ for form in forms)


def is_verb_form(token: "Token") -> bool:
    """Whether a dictionary knows the word as a form of a verb: "uninterrupted" is an adjective alone."""
    from lemminflect import getAllLemmas

    return not token.is_alpha or bool(getAllLemmas(token.lower_).get("VERB"))
