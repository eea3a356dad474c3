"""The bars on real standards and laws, where the folder with them is at hand."""

from pathlib import Path

import pytest

from benchmarks import structure

ROOT = Path("../shared/data/policies")


@pytest.mark.skipif(not ROOT.is_dir(), reason="needs ../shared/data/policies")
def test_bars_on_real_documents() -> None:
    """ASVS requirements, GDPR articles and recitals, HIPAA sections and all site policies are found."""
    result = structure.measure(ROOT)
    assert result["passed"], result
