-- Who was spoken with
-- contact, day, customer, how, outcome, solved, grade, recommends
SELECT id, day, customer, purpose || ', ' || channel || CASE WHEN came_to_us THEN ', incoming' ELSE '' END, outcome,
       coalesce(solved, ''), coalesce(satisfaction, ''), coalesce(answers_recommend, '')
FROM contacts ORDER BY at, id
