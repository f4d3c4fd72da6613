"""Documents to values and back: strict, bounded, every fault with its place."""
