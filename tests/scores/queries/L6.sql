-- share
-- Repairs that were right the first time, and held until today.
SELECT r.id, r.day, coalesce(r.result, '') = 'fixed' AND b.later IS NULL AND a.earlier IS NULL AS good,
       CASE WHEN r.result IS NULL THEN 'unknown' WHEN r.result <> 'fixed' THEN r.result
            WHEN b.later IS NOT NULL THEN 'repeat' WHEN a.earlier IS NOT NULL THEN 'came_back' ELSE '' END AS why,
       NULL AS amount, '' AS part
FROM handed_back r
LEFT JOIN (SELECT DISTINCT later FROM again) b ON b.later = r.id
LEFT JOIN (SELECT DISTINCT earlier FROM again WHERE back_on <= :today) a ON a.earlier = r.id
