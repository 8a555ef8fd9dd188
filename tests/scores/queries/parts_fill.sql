-- share
-- What a claim asked for: a row of waiting for parts names it, or it was used; on the day its first repair that did so
-- went in.
SELECT claim || '/' || part AS id, min(day) AS day, NOT max(waited) AS good,
       CASE WHEN max(waited) THEN 'waited' ELSE '' END AS why, NULL AS amount, '' AS part
FROM (SELECT w.claim, w.part, substr(r.in_, 1, 10) AS day, 1 AS waited
      FROM waiting w JOIN repairs r ON r.claim = w.claim AND r.nth = w.nth
      WHERE w.part IS NOT NULL AND substr(w.from_, 1, 10) <= :today
      UNION ALL
      SELECT u.for_, u.record,
             coalesce((SELECT substr(max(r.in_), 1, 10) FROM repairs r
                       WHERE r.claim = u.for_ AND substr(r.in_, 1, 10) <= substr(u.at, 1, 10)),
                      (SELECT substr(min(r.in_), 1, 10) FROM repairs r WHERE r.claim = u.for_)), 0
      FROM parts_used u WHERE u.for_ LIKE 'CL%' AND substr(u.at, 1, 10) <= :today)
WHERE day IS NOT NULL
GROUP BY claim, part
