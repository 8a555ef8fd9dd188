-- share
-- Repairs handed back by the day that was promised.
SELECT id, day, good, why, NULL AS amount, what AS part FROM owed WHERE what = 'finish_repair'
