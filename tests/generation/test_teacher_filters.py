"""What makes a teacher's case unfit by itself, and how its answer is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generation.teacher_filters import given_away, iban, luhn, personal_data, profanity
from generation.teacher_language import LANGUAGES, other_language
from generation.teacher_parsing import fields_of, without_reasoning
from generation.teacher_prompts import JUDGE, WRITE


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Write to ines.k@mail.example.org today.", "e-mail address"),
        ("Write to ines (at) example.org today.", "e-mail address"),
        ("Ring +49 (0)30 901820-55 now.", "telephone number"),
        ("Ring (212) 555-0143 now.", "telephone number"),
        ("Ring 212-555-0143.", "telephone number"),
        ("Ring 030 1234567 at once.", "telephone number"),
        ("Ring 01 42 68 53 00 at once.", "telephone number"),
        ("Ring 0049 30 901820.", "telephone number"),
        ("Her card is 4539-1488-0343-6467.", "card number"),
        ("Pay to DE89370400440532013000 AND WAIT.", "account number"),
        ("Pay to FR14 2004 1010 0505 0001 3M02 606.", "account number"),
        ("Her number is 536-22-8726.", "national number"),
        ("Her number is AB 12 34 56 C.", "national number"),
        ("Her number is 12345678Z.", "national number"),
        ("Her number is 86095742719.", "national number"),
        ("Her number is 1 84 12 76 451 089 46.", "national number"),
        ("Her number is RSSMRA85T10A562S.", "national number"),
    ],
)
def test_personal_data_is_found(text: str, kind: str) -> None:
    """By form, and by checksum where there is one."""
    assert personal_data(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "The invoice of USD 12,500.00 came on 2026-04-13 at 10:45, two days before 15 April 2026.",
        "Ticket 4539 1488 0343 6468 stood on the docket.",
        "Order DE89370400440532013001 was late.",
        "Form 12345678A, part 10.1.2 (clause 4.7), 1,000,000 copies, 48 hours, 16 weeks, 2025/26.",
        "Room 101, building 7, between 9.30 and 17.45, USD 75-100, 1995-2005.",
        "The year's total was 1234567 dollars, and 98765432101 grains.",
    ],
)
def test_prices_dates_and_numbers_are_no_personal_data(text: str) -> None:
    """A number whose checksum is wrong is a number."""
    assert personal_data(text) == ""


@given(st.text(alphabet="0123456789", min_size=12, max_size=18))
def test_one_wrong_digit_breaks_a_checksum(digits: str) -> None:
    """Luhn finds every single wrong digit (ISO/IEC 7812-1)."""
    check = next(one for one in "0123456789" if luhn(digits + one))
    assert not luhn(digits + str((int(check) + 1) % 10))
    assert not iban("GB82WEST12345698765433")


def test_profanity_may_stand_where_the_policy_names_it() -> None:
    """Whole words alone, in any case of letters; Scunthorpe is a town."""
    assert profanity("What a BASTARD, she said.") == "bastard"
    assert profanity("The rule quotes bastard.", frozenset({"bastard"})) == ""
    assert profanity("Scunthorpe is a town, and a class assignment is none.") == ""


def test_a_case_may_not_tell_its_verdict() -> None:
    """Words of judging and clause numbers do; the rule's own words do not."""
    assert given_away("He kept it, which is against the company policy.") == "against the company policy"
    assert given_away("By clause 4 he had to.") == "clause 4"
    assert given_away("He asked whether this was a permitted use of the car.", "Permitted use of cars is ...") == ""
    assert given_away("He asked Dana and kept the watch.") == ""


SAID = {
    "en": "The driver told his manager that he had been offered a watch by one of the firms and that he did not take it.",
    "de": "Der Fahrer hat seinem Chef gesagt, dass ihm eine der Firmen eine Uhr angeboten hat und er sie nicht genommen hat.",
    "fr": "Le chauffeur a dit à son chef qu’une des entreprises lui avait offert une montre et qu’il ne l’avait pas prise.",
    "es": "El conductor le dijo a su jefe que una de las empresas le había ofrecido un reloj y que no lo aceptó.",
    "it": "L'autista ha detto al suo capo che una delle ditte gli aveva offerto un orologio e che non lo ha preso.",
    "pt": "O motorista disse ao seu chefe que uma das empresas lhe tinha oferecido um relógio e que não o aceitou.",
    "nl": "De chauffeur zei tegen zijn chef dat een van de bedrijven hem een horloge had aangeboden en dat hij het niet nam.",
    "pl": "Kierowca powiedział szefowi, że jedna z firm zaproponowała mu zegarek i że go nie przyjął, bo nie jest to w porządku.",
    "sv": "Föraren sade till sin chef att ett av företagen hade erbjudit honom en klocka och att han inte hade tagit den.",
}  # fmt: skip


@pytest.mark.parametrize("asked", LANGUAGES)
def test_every_language_is_told_from_every_other(asked: str) -> None:
    """A text in the language that was asked for passes, every other is named."""
    assert {name: other_language(text, asked) for name, text in SAID.items()} == {
        name: "" if name == asked else name for name in SAID
    }


def test_names_and_short_texts_are_no_other_language() -> None:
    """A Polish name does not make a Polish text, and three words say too little; Chinese is told by its script."""
    assert other_language("Wojciech Świątek handed Łukasz the keys of the van and went home.", "en") == ""
    assert other_language("Ja, gerne.", "en") == ""
    assert other_language("他把手表交给了经理。", "en") == "another script"
    assert other_language("zxqv blorf gnarp wibble snurf klatz vorp dril", "en") == "no language that is known"


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("<think>a</think>b", "b"),
        ("<Thinking mode='x'>a\nb</THINKING >\n c", "c"),
        ("a thought without its opening tag</think>b", "b"),
        ("b<think>cut off", "b"),
        ("<think>a<think>b</think>c</think>d", "d"),
        ("<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>d<|return|>", "d"),
        ("think <b>bold</b>", "think <b>bold</b>"),
    ],
)
def test_reasoning_is_stripped(said: str, left: str) -> None:
    """Closed, unclosed, unopened and nested; other markup stays."""
    assert without_reasoning(said) == left


@pytest.mark.parametrize(
    "said",
    [
        '{"case": "a", "reason": "b"}',
        'Sure!\n```json\n{"case": "a",\n "reason": "b"}\n```\nAnything else?',
        '<think>{"case": "x", "reason": "y"}</think>{"case": " a ", "reason": "b", "extra": 1}',
        'First {"draft": 1}, then {"case": "a", "reason": "b"} {unclosed',
        '{"case": "no", "reason": "no"} better: {"case": "a", "reason": "b"}',
    ],
)
def test_fields_are_found_wherever_they_stand(said: str) -> None:
    """Bare, fenced, after thoughts, among talk; the last that fits counts."""
    assert fields_of(said, WRITE) == {"case": "a", "reason": "b"}


def test_fields_that_do_not_fit_are_told() -> None:
    """What is wrong is said in words, for the ledger."""
    assert fields_of("{" * 100_000, WRITE) == "no JSON"
    assert fields_of("[1, 2]", WRITE) == "no JSON"
    assert fields_of('{"case": "a", "reason": " "}', WRITE) == "reason is empty"
    assert fields_of('{"reason": "a", "verdict": "yes"}', JUDGE) == (
        "verdict is none of permitted, prohibited, needs_information"
    )


@given(st.text(max_size=300))
def test_no_answer_breaks_the_reading(said: str) -> None:
    """Whatever a teacher says, there are fields or a reason why not."""
    assert fields_of(said, WRITE)
    without_reasoning(said)
