-- share
-- Installations with the whole checklist ticked, and tested.
SELECT w.id, w.day, min(s.code) IS NULL AS good, coalesce(min(s.code), '') AS why, NULL AS amount, '' AS part
FROM works w LEFT JOIN shows s ON s.record = w.id AND s.code IN ('checklist', 'not-tested')
WHERE w.part = 'installation' GROUP BY w.id
