"""What a book gives to other programs: its records as rows, as cells of a sheet, and as tables."""
