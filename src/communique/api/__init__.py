"""The REST API: the questions of the command line as JSON under ``/api/v1``. Needs the extra ``web``."""
