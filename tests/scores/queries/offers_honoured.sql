-- share
-- What an offer promised: its own rows, and the times of deliveries and installations that it told.
SELECT id, day, good, why, NULL AS amount, what AS part FROM owed WHERE record LIKE 'OF%' AND line IS NULL
