-- spread
-- What was decided about claims.
SELECT record || '/decision.' || nth AS id, substr(on_, 1, 10) AS day, 1 AS good, '' AS why, NULL AS amount,
       CASE WHEN refused = 'yes' THEN 'refused' ELSE remedy END AS part
FROM claims_decisions
