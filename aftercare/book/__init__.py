"""Where records live: files, ids, references, the lock, and history in git."""
