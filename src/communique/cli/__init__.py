"""The command line: ``main`` runs it, every other module is imported when one of its commands is called."""
