"""Questions asked of a book; everything here is computed and nothing is stored."""
