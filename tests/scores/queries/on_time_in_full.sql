-- share
-- Sales of which all that was to be delivered came in time; none while a line is still to come.
SELECT sale AS id, max(day) AS day, min(good) AS good,
       CASE WHEN sum(why = 'overdue') THEN 'overdue' WHEN sum(why = 'broken') THEN 'broken'
            WHEN sum(why = 'late') THEN 'late' ELSE '' END AS why, NULL AS amount, '' AS part
FROM (SELECT substr(id, 1, instr(id, '/') - 1) AS sale, * FROM owed WHERE id LIKE 'SA%/%/deliver')
WHERE sale NOT IN (SELECT substr(id, 1, instr(id, '/') - 1) FROM promises
                   WHERE id LIKE 'SA%/%/deliver' AND state IN ('waiting', 'due'))
GROUP BY sale
