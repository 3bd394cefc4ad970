"""Sentences into reports: actors, times, contacts, status, topics, tellers, claims, agreements."""
