"""The line of sight: why something is there, what hangs on it, what is missing."""
