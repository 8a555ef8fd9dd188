"""One module for each noun or verb: options in, one question below, one rendering."""
