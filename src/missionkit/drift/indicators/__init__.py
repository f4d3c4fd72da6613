"""The indicators there are, a theme a module; each has a tuple `INDICATORS`."""
