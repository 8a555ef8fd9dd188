-- share
-- What was promised because nobody answered a call.
SELECT c.id, c.day, c.good, c.why, NULL AS amount, c.what AS part
FROM owed c JOIN visits v ON v.id = c.record AND v.outcome = 'missed' WHERE c.line IS NOT NULL
