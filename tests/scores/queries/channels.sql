-- spread
SELECT id, day, 1 AS good, '' AS why, NULL AS amount, channel AS part FROM contacts WHERE outcome <> 'missed'
