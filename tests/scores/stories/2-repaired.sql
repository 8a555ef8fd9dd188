-- What was repaired
-- claim, unit, reported, what was wrong, repairs
SELECT c.id, c.unit, c.reported_on, coalesce(c.fault_symptom, 'returned without a fault'), coalesce((SELECT group_concat(story, '; ') FROM (
         SELECT 'in ' || substr(in_, 1, 10) || coalesce(', out ' || substr(out, 1, 10), '')
                || CASE WHEN out IS NULL THEN '' ELSE ', ' || coalesce(result, 'no result') END AS story
         FROM repairs r WHERE r.claim = c.id ORDER BY r.nth)), '–')
FROM claims c ORDER BY c.reported_on, c.id
