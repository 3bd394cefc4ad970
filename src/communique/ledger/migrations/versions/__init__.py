"""The changes themselves; each is frozen once released."""
