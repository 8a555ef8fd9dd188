-- The book as tables: of each record what the queries ask about.  A list within a record is a table of its own, with the
-- record's id and the entry's number (nth, from 1).  Days and times are ISO text, as they are written down.

CREATE TABLE customers (id, name, referred_by, since, left_on, forgotten_on, do_not_contact, do_not_contact_on);
CREATE TABLE products (id, name);
CREATE TABLE sales (id, customer, sold_on, channel, cancelled_on, told_deliver_by, told_install_by);
CREATE TABLE sales_items (record, nth, product, taken);
CREATE TABLE deliveries (id, sale, arrived_at, signed_at, made_good_at, cancelled_on, arranged_on);
CREATE TABLE installations (id, sale, started_at, signed_at, cancelled_on, arranged_on);
CREATE TABLE claims (id, unit, reported_on, asked, fault_kind, fault_symptom, fault_component, fault_same_as,
                     returned_on, replaced_requested_on, replaced_on, refunded_on);
CREATE TABLE claims_repairs (record, nth, in_, problem, repaired, out, result);
CREATE TABLE claims_repairs_waiting (record, nth, nested, from_, to_, for_, because);
CREATE TABLE claims_decisions (record, nth, on_, remedy, refused);
CREATE TABLE claims_loans (record, nth, at, back);
CREATE TABLE visits (id, customer, channel, purpose, at, incoming, outcome, solved, satisfaction, answers_recommend);
CREATE TABLE visits_about (record, nth, value);
CREATE TABLE visits_keeps (record, nth, value);
CREATE TABLE complaints (id, customer, received_at, what, incident_kind, withdrawn_on);
CREATE TABLE complaints_acknowledged (record, nth, at);
CREATE TABLE complaints_asked (record, nth, at, got);
CREATE TABLE complaints_answers (record, nth, at, refused);
CREATE TABLE complaints_resolved (record, nth, at);
CREATE TABLE complaints_confirmed (record, nth, at, satisfied);
CREATE TABLE complaints_reopened (record, nth, at);
CREATE TABLE wishes (id, customer, said_on, realised_on, withdrawn_on);
CREATE TABLE wishes_told (record, nth, at);
CREATE TABLE enquiries (id, customer, at);
CREATE TABLE enquiries_answered (record, nth, at);
CREATE TABLE enquiries_material (record, nth, sent_at);
CREATE TABLE enquiries_appointments (record, nth, met_at);
CREATE TABLE events (id);
CREATE TABLE events_guests (record, nth, customer, invited_at, answered_at, came_at);
CREATE TABLE events_guests_heard (record, nth, nested, at);
CREATE TABLE points (id, customer, on_, drawn, handed_over_at);
CREATE TABLE spoken (id, "to_", of_, made_on, kept_at, released_on, broken_on, apologised_at);
CREATE TABLE parts (id, name, number);
CREATE TABLE parts_used (record, nth, at, for_);
CREATE TABLE beyond (record, nth, at);

-- What `promise list` and `check --all` print as JSON.
CREATE TABLE promises (id, what, state, due, binds, moves_by_shop, customer, record, line, made_on, kept_on, kept_by,
                       ended_on);
CREATE TABLE breaches (id, file, code, "on");

-- The promises that count, each on its day: the day it was due, or the earlier one on which we broke it; without such a
-- day the one on which it was kept or broken.
CREATE VIEW counted AS
SELECT id, what, binds, record, line, kept_by, moves_by_shop, customer,
       CASE WHEN state = 'broken' AND (due IS NULL OR substr(ended_on, 1, 10) < substr(due, 1, 10))
            THEN substr(ended_on, 1, 10) ELSE substr(coalesce(due, kept_on), 1, 10) END AS day,
       state = 'kept' AS good,
       CASE state WHEN 'kept' THEN '' WHEN 'kept_late' THEN 'late' ELSE state END AS why
FROM promises
WHERE state IN ('kept', 'kept_late', 'broken', 'overdue');

-- Of these the ones that are owed to a customer, not to the house or the public.
CREATE VIEW owed AS SELECT * FROM counted WHERE coalesce(customer, '') <> '';

-- The sales that were not called off.
CREATE VIEW standing AS SELECT id, customer, substr(sold_on, 1, 10) AS day FROM sales WHERE cancelled_on IS NULL;

-- Contacts, and whether the customer came or called: at the counter and on the hotline they did, unless it says otherwise,
-- and always where nobody of ours answered.
CREATE VIEW contacts AS
SELECT *, substr(at, 1, 10) AS day,
       outcome = 'missed' OR coalesce(incoming = 'yes', channel IN ('counter', 'hotline')) AS came_to_us
FROM visits;

-- The stays in the workshop, with what the fault is called.
CREATE VIEW repairs AS
SELECT r.record || '/' || r.nth AS id, r.record AS claim, r.nth, c.unit, r.in_, r.repaired, r.out, r.result,
       lower(trim(coalesce(r.problem, c.fault_symptom))) AS name
FROM claims_repairs r JOIN claims c ON c.id = r.record;

-- The rows of waiting for parts, and the part that each names: a part of the book, by its id, name or number, or words.
CREATE VIEW waiting AS
SELECT w.record AS claim, w.nth, w.from_, w.to_, coalesce(p.id, w.for_) AS part
FROM claims_repairs_waiting w
LEFT JOIN parts p ON lower(trim(w.for_)) IN (lower(p.id), lower(trim(p.name)), lower(trim(p.number)))
WHERE w.because IN ('no_parts', 'no_parts_from_producer') OR (w.because IS NULL AND w.for_ IS NOT NULL);

-- A repair, and a later one of the same fault: the claim names the earlier one, what was found is called the same, or
-- within the claim the earlier one did not mend it.
CREATE VIEW again AS
WITH RECURSIVE named (claim, earlier) AS (
  SELECT c.id, e.id FROM claims c JOIN claims e ON e.id = c.fault_same_as AND e.unit = c.unit
  UNION
  SELECT n.claim, e.id FROM named n JOIN claims c ON c.id = n.earlier
  JOIN claims e ON e.id = c.fault_same_as AND e.unit = c.unit)
SELECT a.id AS earlier, b.id AS later, substr(b.in_, 1, 10) AS back_on
FROM repairs a JOIN repairs b ON b.unit = a.unit AND b.id <> a.id
WHERE CASE WHEN length(a.out) > 10 AND length(b.in_) > 10 THEN a.out <= b.in_
           ELSE substr(a.out, 1, 10) <= substr(b.in_, 1, 10) END
  AND (a.name = b.name
       OR (a.claim = b.claim AND a.result IN ('not_fixed', 'not_done'))
       OR EXISTS (SELECT 1 FROM named n WHERE n.claim = b.claim AND n.earlier = a.claim AND a.claim <> b.claim));

-- What L6 counts: the repairs that went out, but for those given back undone.
CREATE VIEW handed_back AS
SELECT *, substr(out, 1, 10) AS day FROM repairs WHERE out IS NOT NULL AND coalesce(result, '') <> 'not_done';

-- The first solution of each complaint.
CREATE VIEW solved AS
SELECT c.id, c.customer, c.received_at, min(r.at) AS solved_at, substr(min(r.at), 1, 10) AS day
FROM complaints c JOIN complaints_resolved r ON r.record = c.id GROUP BY c.id;

-- Works and claims that L5 and L6 look at, each on its day.
CREATE VIEW works AS
SELECT d.id, 'delivery' AS part, substr(coalesce(d.arrived_at, d.signed_at), 1, 10) AS day, '' AS purpose
  FROM deliveries d JOIN standing s ON s.id = d.sale WHERE d.signed_at IS NOT NULL AND d.cancelled_on IS NULL
UNION ALL SELECT i.id, 'installation', substr(i.signed_at, 1, 10), ''
  FROM installations i JOIN standing s ON s.id = i.sale WHERE i.signed_at IS NOT NULL AND i.cancelled_on IS NULL
UNION ALL SELECT id, 'visit', substr(at, 1, 10), purpose FROM visits WHERE channel = 'home' AND outcome = 'reached'
UNION ALL SELECT id, 'claim', substr(reported_on, 1, 10), '' FROM claims
UNION ALL SELECT id, 'complaint', substr(received_at, 1, 10), '' FROM complaints WHERE incident_kind IS NOT NULL;

-- The breaches, each with the record against which it speaks: the one in which it shows; but what was charged for a part
-- against what the part was used for, and what a customer told of the fitter in a contact against the installation.
CREATE VIEW shows AS
SELECT code, substr("on", 1, 10) AS day,
       CASE WHEN file LIKE 'parts/%' THEN substr(id, 1, instr(id, '/') - 1)
            WHEN file LIKE 'visits/%' AND code IN ('asked-for', 'threat')
            THEN coalesce((SELECT i.id FROM visits v JOIN installations i ON i.signed_at <= v.at
                           JOIN (SELECT record, value FROM visits_about UNION SELECT record, value FROM visits_keeps) m
                             ON m.record = v.id AND substr(m.value, 1, 9) = i.sale
                           WHERE v.id = substr(file, -14, 9) ORDER BY i.signed_at DESC), substr(file, -14, 9))
            ELSE substr(file, -14, 9) END AS record
FROM breaches;

-- When the shop and a customer met, spoke or wrote.
CREATE VIEW touches AS
SELECT customer, substr(at, 1, 10) AS day FROM (
  SELECT id AS customer, since AS at FROM customers
  UNION ALL SELECT customer, sold_on FROM sales
  UNION ALL SELECT customer, cancelled_on FROM sales
  UNION ALL SELECT s.customer, w.at FROM sales s JOIN (
    SELECT sale, arrived_at AS at FROM deliveries UNION ALL SELECT sale, signed_at FROM deliveries
    UNION ALL SELECT sale, made_good_at FROM deliveries
    UNION ALL SELECT sale, started_at FROM installations UNION ALL SELECT sale, signed_at FROM installations
  ) w ON w.sale = s.id
  UNION ALL SELECT s.customer, k.at FROM claims c
    JOIN sales s ON s.id = substr(c.unit, 1, instr(c.unit || '/', '/') - 1)
    JOIN (SELECT id, reported_on AS at FROM claims UNION ALL SELECT id, returned_on FROM claims
          UNION ALL SELECT id, replaced_requested_on FROM claims UNION ALL SELECT id, replaced_on FROM claims
          UNION ALL SELECT id, refunded_on FROM claims
          UNION ALL SELECT record, in_ FROM claims_repairs UNION ALL SELECT record, out FROM claims_repairs
          UNION ALL SELECT record, at FROM claims_loans UNION ALL SELECT record, back FROM claims_loans) k ON k.id = c.id
  UNION ALL SELECT customer, at FROM visits WHERE outcome IN ('reached', 'declined')
  UNION ALL SELECT c.customer, k.at FROM complaints c
    JOIN (SELECT id, received_at AS at FROM complaints UNION ALL SELECT id, withdrawn_on FROM complaints
          UNION ALL SELECT record, at FROM complaints_acknowledged UNION ALL SELECT record, at FROM complaints_asked
          UNION ALL SELECT record, got FROM complaints_asked UNION ALL SELECT record, at FROM complaints_answers
          UNION ALL SELECT record, at FROM complaints_confirmed
          UNION ALL SELECT record, at FROM complaints_reopened) k ON k.id = c.id
  UNION ALL SELECT customer, said_on FROM wishes
  UNION ALL SELECT e.customer, k.at FROM enquiries e
    JOIN (SELECT id, at FROM enquiries UNION ALL SELECT record, at FROM enquiries_answered
          UNION ALL SELECT record, sent_at FROM enquiries_material
          UNION ALL SELECT record, met_at FROM enquiries_appointments) k ON k.id = e.id
  UNION ALL SELECT customer, on_ FROM points WHERE drawn IS NOT NULL
  UNION ALL SELECT customer, handed_over_at FROM points
  UNION ALL SELECT "to_", made_on FROM spoken WHERE of_ IS NULL
  UNION ALL SELECT coalesce("to_", p.customer), k.at FROM spoken s LEFT JOIN promises p ON p.id = s.of_
    JOIN (SELECT id, kept_at AS at FROM spoken UNION ALL SELECT id, released_on FROM spoken
          UNION ALL SELECT id, broken_on FROM spoken UNION ALL SELECT id, apologised_at FROM spoken) k ON k.id = s.id
  UNION ALL SELECT g.customer, k.at FROM events_guests g
    JOIN (SELECT record, nth, invited_at AS at FROM events_guests
          UNION ALL SELECT record, nth, answered_at FROM events_guests
          UNION ALL SELECT record, nth, came_at FROM events_guests
          UNION ALL SELECT record, nth, at FROM events_guests_heard) k ON k.record = g.record AND k.nth = g.nth
) WHERE at IS NOT NULL;
