"""Stores: where commits are kept, one store a file. They keep bytes and never fold."""
