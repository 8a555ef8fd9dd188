-- days less
-- Days from the receipt of a complaint to its first solution.
SELECT id, day, 1 AS good, '' AS why, julianday(day) - julianday(substr(received_at, 1, 10)) AS amount, '' AS part
FROM solved WHERE day >= substr(received_at, 1, 10)
