"""What writes the sources that follow from the declarations."""
