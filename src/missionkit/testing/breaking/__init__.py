"""Faults of a model, one family of rules a file."""
