-- share less
-- Units with a fault within a year of the sale.
--
-- Twelve months later is the same day, or the last of a month that has no such day: date() goes on into the next month,
-- which min() takes back.
SELECT s.id || '/' || i.nth AS id, s.day,
       EXISTS (SELECT 1 FROM claims c WHERE c.unit = s.id || '/' || i.nth AND substr(c.reported_on, 1, 10) <= :today
                 AND coalesce(c.fault_kind, '') <> 'none'
                 AND NOT (coalesce(c.asked, '') = 'withdraw' AND c.fault_symptom IS NULL AND c.fault_component IS NULL)
                 AND substr(c.reported_on, 1, 10) BETWEEN s.day AND
                     min(date(s.day, '+12 months'), date(s.day, 'start of month', '+13 months', '-1 day'))) AS good,
       '' AS why, NULL AS amount, '' AS part
FROM standing s JOIN sales_items i ON i.record = s.id
