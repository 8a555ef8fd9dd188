"""What a shop writes down: one small model for each kind of record."""
