-- grade
-- The mean grade, of 1 to 5.
SELECT id, day, 1 AS good, '' AS why, satisfaction AS amount, '' AS part FROM contacts WHERE satisfaction IS NOT NULL
