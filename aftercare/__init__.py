"""After-sales service in plain files: what a shop owes its customers, to whom, by when."""

__version__ = "0.1.0"
