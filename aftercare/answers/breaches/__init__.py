"""Breaches of service: where the shop fell short of a duty; found in the records, one module for each field of work."""
