"""Which decisions cover a shift, in time or after the fact."""
