"""Bringing in customers and orders from a spreadsheet: rows and titles in, what is to be written out."""
