"""Keeping and finding: SQLite by default."""
