-- share less
-- The same within sixty days.
SELECT r.id, r.day,
       EXISTS (SELECT 1 FROM again a WHERE a.earlier = r.id AND a.back_on <= date(r.day, '+60 days')) AS good,
       '' AS why, NULL AS amount, '' AS part
FROM handed_back r WHERE date(r.day, '+60 days') <= :today
