-- count
-- Each kindness, on its own day or with the record in which it stands.
SELECT b.record || '/beyond.' || b.nth AS id, substr(coalesce(b.at, o.at), 1, 10) AS day, 1 AS good, '' AS why,
       NULL AS amount, '' AS part
FROM beyond b LEFT JOIN (
  SELECT id, sold_on AS at FROM sales
  UNION ALL SELECT d.id, coalesce(d.arrived_at, d.signed_at, d.arranged_on, s.sold_on) FROM deliveries d
    JOIN sales s ON s.id = d.sale
  UNION ALL SELECT i.id, coalesce(i.signed_at, i.started_at, i.arranged_on, s.sold_on) FROM installations i
    JOIN sales s ON s.id = i.sale
  UNION ALL SELECT id, reported_on FROM claims
  UNION ALL SELECT id, at FROM visits) o ON o.id = b.record
