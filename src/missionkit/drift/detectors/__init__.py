"""What judges a series: one detector a file."""
