"""The codes of the rule book, one family a file; a number is never used again."""
