-- spread
-- Contacts by channel, but for the calls that nobody took.
SELECT id, day, 1 AS good, '' AS why, NULL AS amount, channel AS part FROM contacts WHERE outcome <> 'missed'
