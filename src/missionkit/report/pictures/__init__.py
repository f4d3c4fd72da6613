"""Pictures as SVG: one file each, without scripts and without outside addresses."""
