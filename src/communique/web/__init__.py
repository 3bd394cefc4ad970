"""Pages for people: ``communique serve`` shows a ledger in the browser. Questions live in ``views``; this renders."""
