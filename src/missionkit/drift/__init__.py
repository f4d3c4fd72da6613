"""Whether what is done still follows what was meant: indicators of drift."""
