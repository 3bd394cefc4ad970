"""What leaves the ledger for other programs: one file a format, ``formats`` lists them, ``clean`` is the gate."""
