"""Communique: a sourced ledger of diplomatic contacts."""
