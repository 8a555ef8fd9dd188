-- share less
-- Complaints that came back after their first solution.
SELECT s.id, s.day,
       EXISTS (SELECT 1 FROM complaints_reopened r
               WHERE r.record = s.id AND r.at >= s.solved_at AND substr(r.at, 1, 10) <= :today) AS good,
       '' AS why, NULL AS amount, '' AS part
FROM solved s
