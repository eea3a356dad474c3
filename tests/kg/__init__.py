"""Tests of the kg room."""
