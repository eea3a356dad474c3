"""What makes a teacher's case unfit by itself: personal data, profanity, a verdict given away.

Numbers are told from prices by their checksums: payment cards by Luhn (ISO/IEC 7812-1), accounts by ISO 13616 (mod 97),
national numbers by their own.
"""

import re
from collections.abc import Callable
from collections.abc import Set as AbstractSet

from kg.words import tokens

_EMAIL = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_PHONE = re.compile(
    r"(?<![\w.,])(?<!\d[ -])(?:"
    r"(?:\+|00)\d{1,3}[\s.()/-]{0,2}(?:\d[\s.()/-]{0,2}){6,12}\d"  # international
    r"|\(\d{2,5}\)\s?\d{2,4}[\s.-]?\d{2,5}(?:[\s.-]?\d{2,4})?"  # (area) number
    r"|\d{3}[\s.-]\d{3}[\s.-]\d{4}"  # North America
    r"|0\d{1,4}[\s/-]\d{2,4}[\s-]?\d{2,6}(?:[\s-]\d{2,5})?"  # a trunk zero
    r"|(?:\d{2}[\s.]){4}\d{2}"  # France
    r"|\b\d{3}-\d{4}\b"
    r")(?![\w,]|\.\d|[ -]\d)"
)
_CARD = re.compile(r"(?<!\d)(?:\d[ -]?){12,18}\d(?!\d)")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]){11,30}\b")
_SSN = re.compile(r"(?<!\d)(?!000|666|9\d\d)\d{3}([- ])(?!00)\d{2}\1(?!0000)\d{4}(?!\d)")
_NINO = re.compile(r"\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\s?\d\d\s?\d\d\s?\d\d\s?[A-D]\b")
_DNI = re.compile(r"\b(?:[XYZ]\d{7}|\d{8})-?[A-Z]\b")
_NIR = re.compile(r"\b[12]\s?\d\d\s?(?:0[1-9]|1[0-2])\s?\d[\dAB]\s?\d{3}\s?\d{3}\s?\d\d\b")
_CODICE = re.compile(r"\b[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z]\b")
_STEUER_ID = re.compile(r"(?<!\d)[1-9]\d(?:\s?\d{3}){3}(?!\d)")


def personal_data(text: str) -> str:
    """What personal data ``text`` holds, or an empty string. Invented data counts: nobody can tell."""
    return next((name for name, found in _PERSONAL if found(text)), "")


def luhn(digits: str) -> bool:
    """Whether the check digit of ISO/IEC 7812-1 is right."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def iban(text: str) -> bool:
    """Whether ``text`` is an account number by ISO 13616."""
    plain = re.sub(r"\s", "", text)
    moved = plain[4:] + plain[:4]
    return 15 <= len(plain) <= 34 and int("".join(str(int(one, 36)) for one in moved)) % 97 == 1


def _card(text: str) -> bool:
    numbers = (re.sub(r"\D", "", found.group()) for found in _CARD.finditer(text))
    return any(luhn(number) and len(set(number)) > 1 for number in numbers)


def _account(text: str) -> bool:
    """A longer match may have run into the next capitals: every shorter end is tried too."""
    for found in _IBAN.finditer(text):
        plain = re.sub(r"\s", "", found.group())
        if any(iban(plain[:end]) for end in range(15, min(len(plain), 34) + 1)):
            return True
    return False


def _national(text: str) -> bool:
    if _SSN.search(text) or _NINO.search(text) or _CODICE.search(text):
        return True
    return (
        any(_dni(found.group()) for found in _DNI.finditer(text))
        or any(_nir(found.group()) for found in _NIR.finditer(text))
        or any(_steuer_id(re.sub(r"\s", "", found.group())) for found in _STEUER_ID.finditer(text))
    )


def _dni(text: str) -> bool:
    plain = text.replace("-", "")
    number = {"X": "0", "Y": "1", "Z": "2"}.get(plain[0], plain[0]) + plain[1:-1]
    return "TRWAGMYFPDXBNJZSQVHLCKE"[int(number) % 23] == plain[-1]


def _nir(text: str) -> bool:
    plain = re.sub(r"\s", "", text).replace("2A", "19").replace("2B", "18")
    return plain.isdigit() and 97 - int(plain[:-2]) % 97 == int(plain[-2:])


def _steuer_id(digits: str) -> bool:
    """ISO 7064, MOD 11,10."""
    product = 10
    for digit in digits[:-1]:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return (11 - product) % 10 == int(digits[-1])


_PERSONAL: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("e-mail address", _EMAIL.search),
    ("card number", _card),
    ("account number", _account),
    ("national number", _national),
    ("telephone number", _PHONE.search),
)

_VULGAR_WORDS = (
    "fuck fucks fucked fucking fucker fuckers motherfucker motherfuckers shit shits shitty bullshit cunt cunts "
    "asshole assholes arsehole arseholes bitch bitches bastard bastards dickhead dickheads wanker wankers twat "
    "twats whore whores slut sluts nigger niggers nigga faggot faggots kike kikes spic spics wetback wetbacks "
    "paki pakis tranny retarded goddamn cocksucker jackass piss pissed bollocks scheiße scheisse arschloch "
    "wichser hure fotze putain merde connard salope enculé puta mierda cabrón coño gilipollas stronzo cazzo "
    "vaffanculo puttana caralho klootzak kurwa chuj fitta jävla"
)
_VULGAR = frozenset(_VULGAR_WORDS.split())


def profanity(text: str, allowed: AbstractSet[str] = frozenset()) -> str:
    """The first vulgar word of ``text``, or an empty string; the policy's own words (``allowed``) may stand."""
    return next((word for word in tokens(text) if word in _VULGAR and word not in allowed), "")


_GIVEN_AWAY = re.compile(
    r"\b(?:permitted|prohibited|needs[ _]information|non-?complian\w+|violat\w+|breach(?:es|ed|ing)?\s+(?:of\s+)?the\s+(?:rule|policy|code)|"
    r"against\s+(?:the\s+|our\s+)?(?:\w+\s+)?(?:rules?|policy|code)|in\s+line\s+with\s+(?:the\s+|our\s+)?(?:\w+\s+)?(?:rules?|policy|code)|"
    r"complies\s+with\s+the\s+(?:rules?|policy|code)|(?:clause|section|article|paragraph)\s+\d|verdict)\b",
    re.IGNORECASE,
)


def given_away(case: str, allowed: str = "") -> str:
    """The words by which ``case`` tells its verdict or its clause, or an empty string.

    What stands in ``allowed`` (the rule's own text) is a word of the matter: "permitted use" may be its name.
    """
    return next(
        (found.group() for found in _GIVEN_AWAY.finditer(case) if found.group().lower() not in allowed.lower()), ""
    )
