-- net
-- Would they recommend us: only whole numbers from 0 to 10 are an answer.
SELECT id, day, 1 AS good, '' AS why, NULL AS amount,
       CASE WHEN said >= 9 THEN 'promoter' WHEN said <= 6 THEN 'detractor' ELSE 'passive' END AS part
FROM (SELECT id, day, CAST(answers_recommend AS INTEGER) AS said FROM contacts
      WHERE answers_recommend GLOB '[0-9]' OR answers_recommend = '10')
