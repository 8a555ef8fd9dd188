"""The floor: plain text, days, money, names and phones; knows nothing of shops."""
