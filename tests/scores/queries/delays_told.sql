-- share
-- Of what was late, broken or is overdue, what the customer heard of before the time was over.
--
-- A delivery's breach is called by the line of the sale, any other by the promise; a second one has .2 behind it.
SELECT c.id, c.day, b.id IS NULL AS good, CASE WHEN b.id IS NULL THEN '' ELSE 'untold' END AS why,
       NULL AS amount, c.what AS part
FROM owed c
LEFT JOIN (SELECT DISTINCT substr(id, 1, instr(id, '/' || code) - 1) || CASE code WHEN 'delay-not-told' THEN '/deliver'
                  ELSE '' END AS id
           FROM breaches WHERE code IN ('delay-not-told', 'untold-delay')) b ON b.id = c.id
WHERE c.binds IN ('told', 'law') AND NOT c.good AND c.what <> 'pack'
