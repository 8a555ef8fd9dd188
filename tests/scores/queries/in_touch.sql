-- share
-- Customers with whom there was a contact; those who had left, or wished for none, are not counted.
SELECT id, :end AS day, touched AS good, CASE WHEN touched THEN '' ELSE 'silent' END AS why, NULL AS amount, '' AS part
FROM (SELECT c.id, EXISTS (SELECT 1 FROM touches t WHERE t.customer = c.id AND t.day BETWEEN :first AND :end) AS touched
      FROM customers c
      WHERE EXISTS (SELECT 1 FROM standing s WHERE s.customer = c.id AND s.day <= :end)
        AND NOT (substr(coalesce(c.left_on, '9999'), 1, 10) <= :end
           OR substr(coalesce(c.forgotten_on, '9999'), 1, 10) <= :end)
        AND NOT (c.do_not_contact IS NOT NULL AND substr(coalesce(c.do_not_contact_on, ''), 1, 10) <= :end))
