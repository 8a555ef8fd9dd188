-- share
-- Wishes that got an answer: the customer was told what came of it, by the wish's own record, in a contact about it that
-- reached them, or in one that kept a promise of it; or it came true.
SELECT id, day, answered AS good, CASE WHEN answered THEN '' ELSE 'unanswered' END AS why, NULL AS amount, '' AS part
FROM (SELECT w.id, substr(w.said_on, 1, 10) AS day,
             w.realised_on IS NOT NULL OR EXISTS (SELECT 1 FROM wishes_told t WHERE t.record = w.id)
             OR EXISTS (SELECT 1 FROM visits v JOIN visits_about a ON a.record = v.id AND a.value = w.id
                        WHERE v.purpose = 'information' AND v.outcome = 'reached')
             OR EXISTS (SELECT 1 FROM visits v JOIN visits_keeps k ON k.record = v.id AND k.value LIKE w.id || '/%'
                        WHERE v.outcome = 'reached') AS answered
      FROM wishes w WHERE w.withdrawn_on IS NULL)
