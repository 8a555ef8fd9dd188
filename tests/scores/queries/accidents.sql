-- spread
-- Incidents by kind.
SELECT id, substr(received_at, 1, 10) AS day, 1 AS good, '' AS why, NULL AS amount, incident_kind AS part
FROM complaints WHERE incident_kind IS NOT NULL
