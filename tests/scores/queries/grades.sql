-- spread
-- How many of each grade.
SELECT id, day, 1 AS good, '' AS why, NULL AS amount, satisfaction AS part FROM contacts WHERE satisfaction IS NOT NULL
