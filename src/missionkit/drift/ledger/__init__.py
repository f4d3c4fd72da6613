"""From records to tables of months: snapshots, and columns that are kept."""
