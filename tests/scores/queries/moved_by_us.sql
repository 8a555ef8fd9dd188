-- share less
-- Promises that we asked to move, and the customer agreed.
SELECT id, day, moves_by_shop > 0 AS good, '' AS why, NULL AS amount, what AS part
FROM owed WHERE binds IN ('told', 'law')
