"""One method a file; each module names its scorers in `SCORERS`."""
