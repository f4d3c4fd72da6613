"""What the gates of the four stages ask for: one stage a file, each holds `RULES`."""
