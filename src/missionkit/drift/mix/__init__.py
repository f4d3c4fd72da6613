"""Whether a mix shifted, or only chance made two counts of it differ."""
