-- share
-- Who bought in the period, by the first sale in it, and whether there was a sale on an earlier day than the last one.
SELECT id, day, again AS good, CASE WHEN again THEN '' ELSE 'first_time' END AS why, NULL AS amount, '' AS part
FROM (SELECT s.customer AS id, min(s.day) AS day,
             (SELECT min(e.day) FROM standing e WHERE e.customer = s.customer) < max(s.day) AS again
      FROM standing s WHERE s.day BETWEEN :first AND :end GROUP BY s.customer)
