"""Questions in SQL: which tables there are, what stands in them, and a database in which nothing but a question runs.

``tables`` names what may be asked of, ``filling`` brings the rows that a question needs, from the index or from the
records, ``confined`` runs the question where it can do no harm.
"""
