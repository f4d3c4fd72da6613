"""The review pack: sections and pictures, one file each, for the people who decide."""
