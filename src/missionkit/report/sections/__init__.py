"""The sections of the pack, one module each; to add a section is to add a file.

A module has `ORDER`, its place among the others, and a function `section` that takes
the `PackView` and returns a `Section`, or None where it has nothing to say.
"""
