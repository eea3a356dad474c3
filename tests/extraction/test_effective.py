"""From when a document says that it is in force, and what is not such a statement."""

from pathlib import Path

import pytest

from extraction.effective import effective_dates
from extraction.options import ExtractionOptions
from extraction.pipeline import read_documents

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "policies"
SITE = "github-site-policy/Policies/github-terms"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Version 4.2, in force from 1 March 2026. Adopted on 12 January 2026.", ("2026-03-01", "")),
        ("Effective Date: May 27, 2025", ("2025-05-27", "")),
        ("Travel policy\n\nEffective date - 2024-02-29 until 2026-12-31", ("2024-02-29", "2026-12-31")),
        ("This policy is effective as of the 3rd of April 2025 and was last updated on 5 May 2025.", ("", "")),
        ("This policy is effective as of 3rd April 2025 and was last updated on 5 May 2025.", ("2025-04-03", "")),
        ("Valid from 01.07.2025 to 30.06.2026.", ("2025-07-01", "2026-06-30")),
        ("x " * 4000 + "\n\nThis Regulation shall apply from 25 May 2018.", ("2018-05-25", "")),
        ("x " * 4000 + "\n\n2. It shall apply from 25 May 2018.", ("2018-05-25", "")),
        ("x " * 4000 + "Employees must apply from 25 May 2018.", ("", "")),
        ("Effective 1 January 2026, employees must record every gift.", ("", "")),
        ("Last updated: 6 January 2023", ("", "")),
        ("The Terms were deprecated effective 30 November 2021.\n\nVersion Effective Date: November 16, 2020",
         ("2020-11-16", "2021-11-30")),
        ("Effective date: 31 June 2026", ("", "")),
        ("Effective date: 04/05/2026", ("", "")),
        ("In force from 1 March 2026 until 1 March 2025.", ("2026-03-01", "")),
        ("", ("", "")),
    ],
)  # fmt: skip
def test_statements_of_force(text: str, expected: tuple[str, str]) -> None:
    """Only a statement about the document counts, and only a date that exists."""
    assert effective_dates(text) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("gdpr/gdpr.html", ("2018-05-25", "")),
        (f"{SITE}/github-corporate-terms-of-service.md", ("2020-11-16", "2021-11-30")),
        (f"{SITE}/github-terms-of-service.md", ("2020-11-16", "")),
        (f"{SITE}/github-marketplace-terms-of-service.md", ("2024-08-01", "")),
        ("basecamp/terms/index.md", ("", "")),
    ],
)
def test_real_documents(name: str, expected: tuple[str, str]) -> None:
    """What laws and terms of service state is read; a date of update is no date of force."""
    if not DATA.is_dir():
        pytest.skip("the real policies are not here (../shared/data/policies)")
    (document,) = read_documents([DATA / name], ExtractionOptions())[0].documents
    assert (document.effective_from, document.effective_to) == expected
