"""The optional teacher: which server, how hard to press it, and what it may cost."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from generation.teacher_language import LANGUAGES
from kg.errors import UserError


@dataclass(frozen=True, slots=True)
class TeacherOptions:
    """A language model that writes a share of the cases, and may propose rules: any server that speaks OpenAI's chat completions.

    The key stands in the environment alone: PLUMBLINE_TEACHER_KEY, or OPENAI_API_KEY for OpenAI's own servers.
    """

    base_url: str = ""
    """The server's address up to /v1, e.g. "http://127.0.0.1:8080/v1"; empty for no teacher."""

    model: str = ""
    """The model's name as the server knows it."""

    share: float = 0.3
    """Share of the cases beyond the three of each rule that the teacher is asked for, in [0, 1]."""

    rules: bool = False
    """Whether it also proposes rules for every sentence of the documents; what the grammar does not find there is refused."""

    language: str = "en"
    """Two-letter code of the language that it must answer in."""

    temperature: float = 0.8
    """How freely it writes; its second opinions are always asked for at 0."""

    max_tokens: int = 400
    """The longest answer in tokens."""

    examples: int = 2
    """How many of the seeds are shown to it with each request, those most like the planned case."""

    attempts: int = 2
    """How often one planned case is asked for, until an answer passes the filters."""

    second_opinion: bool = True
    """Whether each case is judged once more without its verdict; a case that is judged otherwise is dropped."""

    judge_model: str = ""
    """The model that gives the second opinion, at the same server; empty for the same one."""

    concurrency: int = 4
    """How many requests are under way at once."""

    timeout_seconds: float = 60.0
    """How long one request may take in all."""

    retries: int = 5
    """How often a request is sent again after a time-out, a lost connection, a 429 or a 5xx."""

    longest_wait_seconds: float = 120.0
    """The longest wait between two tries; a server that asks for more is given up with an error."""

    budget_tokens: int = 1_000_000
    """Tokens, of prompts and answers, after which no more is asked; 0 for no limit."""

    budget_cost: float = 0.0
    """Money after which no more is asked, in ``currency``; 0 for no limit. It needs the prices."""

    price_prompt: float = 0.0
    """What a million tokens of prompts cost."""

    price_answer: float = 0.0
    """What a million tokens of answers cost."""

    currency: str = "USD"
    """What prices and the budget are counted in."""

    embedding_duplicate: float = 0.95
    """Cosine from which a case counts as a duplicate of another one of the same rule family and verdict."""

    embedding_leak: float = 0.9
    """Cosine from which a case counts as one of the held-out split."""

    def __post_init__(self) -> None:
        self._check_address()
        self._check_amounts()
        if self.language not in LANGUAGES:
            raise UserError(f"language is {self.language!r}", f"the teacher can be held to: {', '.join(LANGUAGES)}")

    @property
    def asked(self) -> bool:
        """Whether there is a teacher."""
        return bool(self.base_url)

    def _check_address(self) -> None:
        if not self.base_url:
            return
        try:
            parts = urlsplit(self.base_url)
            fit = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
        except ValueError:
            fit = False
        if not fit:
            raise UserError(f"base_url is {self.base_url!r}", 'give an address such as "http://127.0.0.1:8080/v1"')
        if parts.username or parts.password or parts.query or parts.fragment:
            raise UserError(
                "base_url holds a name, a password or a query, which would stand in every manifest",
                "put the key into the environment: PLUMBLINE_TEACHER_KEY",
            )
        if not self.model:
            raise UserError(
                "base_url names a teacher but model is empty", 'name the model as the server knows it: model = "..."'
            )

    def _check_amounts(self) -> None:
        for name in ("share", "embedding_duplicate", "embedding_leak"):
            if not 0 <= getattr(self, name) <= 1:
                raise UserError(f"{name} is {getattr(self, name)}", "use a number between 0 and 1")
        for name in ("examples", "retries", "budget_tokens", "budget_cost", "price_prompt", "price_answer"):
            if not getattr(self, name) >= 0:
                raise UserError(f"{name} is {getattr(self, name)}", "use 0 or more")
        for name in ("max_tokens", "attempts", "concurrency"):
            if getattr(self, name) < 1:
                raise UserError(f"{name} is {getattr(self, name)}", "use 1 or more")
        for name in ("timeout_seconds", "longest_wait_seconds"):
            if not getattr(self, name) > 0:
                raise UserError(f"{name} is {getattr(self, name)}", "use a number of seconds above 0")
        if not 0 <= self.temperature <= 2:
            raise UserError(f"temperature is {self.temperature}", "use a number between 0 and 2")
        if self.budget_cost and not (self.price_prompt or self.price_answer):
            raise UserError(
                f"budget_cost is {self.budget_cost} {self.currency}, but nothing has a price",
                "give price_prompt and price_answer per million tokens, or a budget in tokens",
            )
