-- Who bought what
-- customer, sale, sold, goods, told, what came of it
SELECT c.name || ' ' || c.id, s.id, s.sold_on, (SELECT count(*) FROM sales_items i WHERE i.record = s.id) || ' × '
      || (SELECT group_concat(name, '、') FROM (SELECT DISTINCT p.name FROM sales_items i
          JOIN products p ON p.id = i.product WHERE i.record = s.id)),
       coalesce('deliver by ' || s.told_deliver_by, '')
       || CASE WHEN s.told_deliver_by IS NOT NULL AND s.told_install_by IS NOT NULL THEN ', ' ELSE '' END
       || coalesce('install by ' || s.told_install_by, ''),
       coalesce('called off ' || s.cancelled_on, (
         SELECT group_concat(what, '; ') FROM (
           SELECT what || ' ' || state || coalesce(' ' || substr(coalesce(kept_on, ended_on), 1, 10), '') AS what
           FROM promises p WHERE p.id LIKE s.id || '/%' AND p.what IN ('deliver', 'install', 'gift')
           ORDER BY p.id)), 'taken home')
FROM sales s JOIN customers c ON c.id = s.customer ORDER BY s.sold_on, s.id
