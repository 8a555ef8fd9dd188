-- days less
-- Days from taking in to repaired.
SELECT id, substr(repaired, 1, 10) AS day, 1 AS good, '' AS why,
       julianday(substr(repaired, 1, 10)) - julianday(substr(in_, 1, 10)) AS amount, '' AS part
FROM repairs WHERE substr(repaired, 1, 10) >= substr(in_, 1, 10)
