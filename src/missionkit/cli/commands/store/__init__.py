"""Look into a store: who changed what, when and why, and whether it is whole."""
