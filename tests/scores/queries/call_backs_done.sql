-- share
-- Call-backs done at all, in time or late.
SELECT id, day, good OR why = 'late' AS good,
       CASE WHEN why = 'late' THEN '' ELSE why END AS why, NULL AS amount, what AS part
FROM owed
WHERE what IN ('call_back', 'check_back', 'revisit')
