-- share
-- Customers who came or called and were served.
SELECT id, day, outcome <> 'missed' AND coalesce(solved, '') <> 'no' AS good,
       CASE WHEN outcome = 'missed' THEN 'missed' WHEN solved = 'no' THEN 'unsolved' ELSE '' END AS why,
       NULL AS amount, channel AS part
FROM contacts WHERE came_to_us
