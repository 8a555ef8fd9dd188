-- share
-- Wishes that got an answer: the customer was told what came of it, or it came true.
--
-- Told is what the wish says so of itself, a contact for information about it that reached the customer, and one
-- that kept a promise of it.
SELECT id, day, answered AS good, CASE WHEN answered THEN '' ELSE 'unanswered' END AS why, NULL AS amount, '' AS part
FROM (SELECT w.id, substr(w.said_on, 1, 10) AS day,
             substr(coalesce(w.realised_on, '9999'), 1, 10) <= :today
             OR EXISTS (SELECT 1 FROM wishes_told t WHERE t.record = w.id AND substr(t.at, 1, 10) <= :today)
             OR EXISTS (SELECT 1 FROM visits v JOIN visits_about a ON a.record = v.id AND a.value = w.id
                        WHERE v.purpose = 'information' AND v.outcome = 'reached' AND substr(v.at, 1, 10) <= :today)
             OR EXISTS (SELECT 1 FROM visits v JOIN visits_keeps k ON k.record = v.id AND k.value LIKE w.id || '/%'
                        WHERE v.outcome = 'reached' AND substr(v.at, 1, 10) <= :today) AS answered
      FROM wishes w WHERE w.withdrawn_on IS NULL)
