-- share
-- Every promise, the shop's own plans too.
SELECT id, day, good, why, NULL AS amount, what AS part FROM counted
