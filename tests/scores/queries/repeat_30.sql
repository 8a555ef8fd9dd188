-- share less
-- In again with the same fault within thirty days; only repairs that are thirty days old can tell.
SELECT r.id, r.day,
       EXISTS (SELECT 1 FROM again a WHERE a.earlier = r.id AND a.back_on <= date(r.day, '+30 days')) AS good,
       '' AS why, NULL AS amount, '' AS part
FROM handed_back r WHERE date(r.day, '+30 days') <= :today
