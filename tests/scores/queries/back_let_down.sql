-- share
-- The same of those to whom something had been late, broken or overdue.
SELECT c.id, :end AS day, b.customer IS NOT NULL AS good,
       CASE WHEN b.customer IS NULL THEN 'stayed_away' ELSE '' END AS why,
       NULL AS amount, '' AS part
FROM customers c
LEFT JOIN (SELECT DISTINCT customer FROM standing WHERE day BETWEEN :first AND :end) b ON b.customer = c.id
WHERE EXISTS (SELECT 1 FROM standing s WHERE s.customer = c.id AND s.day < :first)
  AND NOT (substr(coalesce(c.left_on, '9999'), 1, 10) <= :end
           OR substr(coalesce(c.forgotten_on, '9999'), 1, 10) <= :end)
  AND (SELECT min(good) FROM owed p WHERE p.customer = c.id AND p.binds IN ('told', 'law') AND p.day < :first) = 0
