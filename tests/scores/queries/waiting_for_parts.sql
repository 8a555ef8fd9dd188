-- days less
-- The days of a repair on which some row of waiting for parts ran; one without an end ended when the repair went out.
WITH RECURSIVE row (id, out, day, end) AS (
  SELECT r.id, substr(r.out, 1, 10), max(substr(w.from_, 1, 10), substr(r.in_, 1, 10)),
         min(substr(coalesce(w.to_, r.out), 1, 10), substr(r.out, 1, 10))
  FROM repairs r JOIN waiting w ON w.claim = r.claim AND w.nth = r.nth
  WHERE substr(r.out, 1, 10) >= substr(r.in_, 1, 10)
), waited (id, out, day, end) AS (
  SELECT id, out, day, end FROM row
  UNION
  SELECT id, out, date(day, '+1 day'), end FROM waited WHERE day < end)
SELECT id, out AS day, 1 AS good, '' AS why, count(DISTINCT CASE WHEN day < end THEN day END) AS amount, '' AS part
FROM waited GROUP BY id
