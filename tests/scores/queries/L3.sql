-- share
-- What customers brought to us, dealt with in time.
SELECT id, day, good, why, NULL AS amount, what AS part FROM owed
WHERE what IN ('acknowledge', 'answer', 'resolve', 'pass_on', 'make_safe', 'report', 'finish_repair', 'supply_part',
               'replace', 'refund', 'compensate')
