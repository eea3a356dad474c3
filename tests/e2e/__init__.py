"""Tests that go through the whole house, from the command line or the browser."""
