-- share
-- What customers had our word or the law's for, kept in time.
SELECT id, day, good, why, NULL AS amount, what AS part FROM owed WHERE binds IN ('told', 'law')
