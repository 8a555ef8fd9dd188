"""Measures of how good the service is: each a count over cases that can be listed, defined in ``docs/score.md``."""
