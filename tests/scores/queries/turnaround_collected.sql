-- days less
-- Days from taking in to handing back.
SELECT id, substr(out, 1, 10) AS day, 1 AS good, '' AS why,
       julianday(substr(out, 1, 10)) - julianday(substr(in_, 1, 10)) AS amount, '' AS part
FROM repairs WHERE substr(out, 1, 10) >= substr(in_, 1, 10)
