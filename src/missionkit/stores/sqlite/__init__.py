"""A store in one SQLite file, with nothing but the standard library."""
