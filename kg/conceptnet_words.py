"""Words that stand in ConceptNet and have no place in a policy's ontology or in what is generated from it."""

UNWANTED = ("sex", "fuck", "shit", "penis", "vagina", "whore", "nigger", "porn")
"""Vulgar words and slurs in their singular; a label that contains one of them is not imported."""
