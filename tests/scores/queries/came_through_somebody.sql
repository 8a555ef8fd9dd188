-- share
-- Who bought in the period, by the first sale in it, and whether another customer of the book had brought them.
SELECT id, day, brought AS good, CASE WHEN brought THEN '' ELSE 'not_brought' END AS why, NULL AS amount, '' AS part
FROM (SELECT s.customer AS id, min(s.day) AS day,
             EXISTS (SELECT 1 FROM customers b WHERE b.id = c.referred_by) AS brought
      FROM standing s JOIN customers c ON c.id = s.customer
      WHERE s.day BETWEEN :first AND :end GROUP BY s.customer)
