"""The index: what the files said when they were last read, in a database that may be thrown away at any time.

``database`` opens it and says whether it can be trusted, ``freshness`` tells which files changed since, ``contents``
takes in what they say now, ``reach`` knows whose answers hang on which record, ``indexed`` brings all that together.
What follows from the records is kept here for :mod:`aftercare.answers.recalled`, which reckons it.
"""
