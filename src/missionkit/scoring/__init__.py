"""Scores that explain themselves: one method a file, in `methods`."""
