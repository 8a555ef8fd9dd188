-- share
-- Contacts of ours, to ask how things are, in which somebody was reached.
SELECT id, day, outcome IN ('reached', 'declined') AS good,
       CASE WHEN outcome IN ('reached', 'declined') THEN '' ELSE 'no_answer' END AS why, NULL AS amount, '' AS part
FROM contacts
WHERE NOT came_to_us AND purpose IN ('call_back', 'check_back', 'revisit')
