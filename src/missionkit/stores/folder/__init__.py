"""A store in a folder: one readable file a commit, fit to be kept in git."""
