"""The documents of a review, one module each; to add a document is to add a file.

A module has `KEY`, the key of the view that it shows, `TITLE`, `CONSUMERS`, to whom it
goes, and a function `sections` that takes the `DocumentView` and yields its sections.
"""
