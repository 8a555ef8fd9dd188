-- share
-- Installations, and repairs at home, by somebody who may do them.
SELECT w.id, w.day, min(s.code) IS NULL AS good, coalesce(max(s.code), '') AS why, NULL AS amount, '' AS part
FROM works w LEFT JOIN shows s ON s.record = w.id AND s.code IN ('unqualified', 'no-technician')
WHERE w.part = 'installation' OR (w.part = 'visit' AND w.purpose = 'repair') GROUP BY w.id
