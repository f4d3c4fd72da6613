"""The families of rules: every module here holds `RULES`."""
