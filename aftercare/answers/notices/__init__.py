"""Messages to customers: whom there is something to write to on a day, who is not to be written to, what was told."""
