-- share
-- Works and claims in which the customer's rights and safety were kept, and any other record in which they were not.
--
-- Why is the first of the breaches, of one day the first by its code.
WITH against AS (
  SELECT record, min(day) AS day, substr(min(day || code), 11) AS code FROM shows
  WHERE code IN ('charged-delivery', 'damage', 'charged-installation', 'unqualified', 'not-tested', 'asked-for',
                 'threat', 'benefit-refused', 'benefit-charged', 'less-than-open', 'loan-out', 'sub-standard',
                 'above-cost', 'labour-charged', 'above-offer', 'unsafe', 'maker-not-told')
  GROUP BY record)
SELECT w.id, w.day, a.code IS NULL AS good, coalesce(a.code, '') AS why, NULL AS amount, w.part
FROM works w LEFT JOIN against a ON a.record = w.id
UNION ALL
SELECT record, day, 0, code, NULL,
       CASE substr(record, 1, 2) WHEN 'SA' THEN 'sale' WHEN 'VI' THEN 'visit' WHEN 'CO' THEN 'complaint'
            WHEN 'DE' THEN 'delivery' WHEN 'IN' THEN 'installation' ELSE '' END
FROM against WHERE record NOT IN (SELECT id FROM works)
