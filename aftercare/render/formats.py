"""The names of the formats in which rows are printed; apart, since the command line needs the names alone."""

FORMATS = ("table", "json", "jsonl", "csv", "tsv", "yaml", "ids")
