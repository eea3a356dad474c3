"""Measurements against gold sets and against the cost of the tools below; each prints one JSON object."""
