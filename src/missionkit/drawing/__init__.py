"""What pictures are made of: shapes, text that fits, lines over time. Only numbers."""
