-- share
-- Complaints of which no step was late, in any round.
SELECT s.id, s.day, NOT max(p.state IN ('kept_late', 'broken', 'overdue')) AS good,
       CASE WHEN max(p.state IN ('kept_late', 'broken', 'overdue')) THEN 'late' ELSE '' END AS why,
       NULL AS amount, '' AS part
FROM solved s
JOIN promises p ON p.record = s.id AND p.what IN ('acknowledge', 'answer', 'resolve')
                AND p.state NOT IN ('void', 'released')
GROUP BY s.id
