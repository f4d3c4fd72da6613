"""The rule book: what a model should hold, one family of rules a file."""
