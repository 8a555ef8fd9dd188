-- grade
SELECT id, day, 1 AS good, '' AS why, satisfaction AS amount, '' AS part FROM contacts WHERE satisfaction IS NOT NULL
