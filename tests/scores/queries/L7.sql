-- share
-- Customers who said that they were content: in a grade, or of how a complaint was resolved.
SELECT id, day, satisfaction >= 4 AS good, CASE WHEN satisfaction >= 4 THEN '' ELSE 'grade_' || satisfaction END AS why,
       NULL AS amount, '' AS part
FROM (SELECT id, day, CAST(satisfaction AS INTEGER) AS satisfaction FROM contacts WHERE satisfaction IS NOT NULL)
UNION ALL
SELECT record || '/confirmed.' || nth, substr(at, 1, 10), satisfied = 'yes',
       CASE satisfied WHEN 'yes' THEN '' ELSE 'not_satisfied' END,
       NULL, ''
FROM complaints_confirmed WHERE satisfied IS NOT NULL
