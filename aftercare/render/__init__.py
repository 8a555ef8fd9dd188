"""Rows and documents out; escaping lives here."""
