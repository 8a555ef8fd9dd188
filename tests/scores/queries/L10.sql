-- share
-- Who bought in the period, by the first sale in it: again, brought by somebody, or new.
--
-- Again is who had bought on an earlier day than that of the last sale in the period, be it in the period too.
SELECT customer AS id, day, again OR brought AS good, CASE WHEN again OR brought THEN '' ELSE 'new' END AS why,
       NULL AS amount, CASE WHEN again THEN 'again' WHEN brought THEN 'brought' ELSE 'new' END AS part
FROM (SELECT s.customer, min(s.day) AS day,
             (SELECT min(e.day) FROM standing e WHERE e.customer = s.customer) < max(s.day) AS again,
             EXISTS (SELECT 1 FROM customers b WHERE b.id = c.referred_by) AS brought
      FROM standing s JOIN customers c ON c.id = s.customer
      WHERE s.day BETWEEN :first AND :end GROUP BY s.customer)
