"""The commands, one module each; to add a command is to add a file.

A module has a function ``command`` that returns the exit status; the module's name is
the command's, with hyphens.
"""
