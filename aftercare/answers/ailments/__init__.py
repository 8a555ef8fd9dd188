"""What can be wrong with a book beyond its records, and what would mend it: values that ``doctor`` acts on."""
