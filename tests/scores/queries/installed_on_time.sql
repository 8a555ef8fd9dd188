-- share
-- Installations on the day agreed: kept, and never moved by us.
SELECT id, day, good AND moves_by_shop = 0 AS good,
       CASE WHEN good AND moves_by_shop > 0 THEN 'moved' ELSE why END AS why,
       NULL AS amount, what AS part
FROM owed WHERE what = 'install'
