"""Every change of the tables, one file each, applied in order when a ledger is opened."""
