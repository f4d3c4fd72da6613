"""Stores: where commits are kept. They keep bytes and never fold.

Each is a file or a folder of this room; beside them is what all decide alike.
"""
