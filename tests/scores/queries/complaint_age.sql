-- spread
-- Complaints that were open on the last day of the period, or today: since the last time that one came back nothing has
-- closed it.
--
-- A refusal closes it where it is the last answer.
SELECT id, :end AS day, 1 AS good, '' AS why, age AS amount,
       CASE WHEN age <= 1 THEN '0-1' WHEN age <= 3 THEN '2-3' WHEN age <= 5 THEN '4-5' WHEN age <= 15 THEN '6-15'
            WHEN age <= 45 THEN '16-45' ELSE '46-' END AS part
FROM (SELECT id, julianday(:end) - julianday(substr(received_at, 1, 10)) AS age FROM complaints c
      WHERE substr(received_at, 1, 10) <= :end
        AND coalesce((SELECT max(at) FROM complaints_reopened r
                      WHERE r.record = c.id AND substr(at, 1, 10) <= :end), '')
         >= coalesce((SELECT max(at) FROM (
              SELECT record, at FROM complaints_resolved
              UNION ALL SELECT a.record, a.at FROM complaints_answers a WHERE a.refused = 'yes'
                AND NOT EXISTS (SELECT 1 FROM complaints_answers b WHERE b.record = a.record AND b.at > a.at
                                  AND substr(b.at, 1, 10) <= :end)
              UNION ALL SELECT id, withdrawn_on FROM complaints) k
            WHERE k.record = c.id AND substr(at, 1, 10) <= :end), ''))
