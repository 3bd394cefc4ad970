"""Other formats: one file each, chosen by name."""
