-- share
-- What an offer promised: its own rows, and the times of deliveries and installations that it told.
--
-- They are made in the record of the offer, and by no plan.
SELECT id, day, good, why, NULL AS amount, what AS part FROM owed WHERE record LIKE 'OF%' AND line IS NULL
