-- Who complained
-- complaint, customer, received, incident, what was wrong, what came of it
SELECT c.id, c.customer, substr(c.received_at, 1, 10), coalesce(c.incident_kind, ''), c.what, coalesce((
         SELECT group_concat(story, '; ') FROM (SELECT story FROM (
           SELECT at, 'resolved ' || substr(at, 1, 10) AS story FROM complaints_resolved WHERE record = c.id
           UNION ALL SELECT at, 'refused ' || substr(at, 1, 10) FROM complaints_answers
             WHERE record = c.id AND refused = 'yes'
           UNION ALL SELECT at, 'answered again ' || substr(at, 1, 10) FROM complaints_answers a
             WHERE record = c.id
               AND at > (SELECT min(at) FROM complaints_answers b WHERE b.record = a.record AND b.refused = 'yes')
           UNION ALL SELECT at, 'came back ' || substr(at, 1, 10) FROM complaints_reopened WHERE record = c.id
           UNION ALL SELECT withdrawn_on, 'taken back ' || withdrawn_on) WHERE story IS NOT NULL ORDER BY at)),
         'open')
FROM complaints c ORDER BY c.received_at, c.id
