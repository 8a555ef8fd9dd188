-- share
-- Promised contacts that were made in time and left nothing unsolved.
SELECT c.id, c.day, c.good AND coalesce(v.solved, '') <> 'no' AS good,
       CASE WHEN c.good AND v.solved = 'no' THEN 'unsolved' ELSE c.why END AS why, NULL AS amount, c.what AS part
FROM owed c LEFT JOIN visits v ON v.id = c.kept_by
WHERE c.what IN ('call_back', 'check_back', 'revisit', 'information', 'confirm', 'follow_up')
