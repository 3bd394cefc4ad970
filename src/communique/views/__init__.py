"""Questions asked of a ledger: typed rows out, nothing changed."""
