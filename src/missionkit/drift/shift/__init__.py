"""One shift of level in a short series: its fit, and what chance alone would give."""
