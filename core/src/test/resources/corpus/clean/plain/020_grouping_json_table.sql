SELECT jt.* FROM (VALUES ('[{"a": 1}, {"a": 2}]'::jsonb)) v (doc),
  JSON_TABLE(v.doc, '$[*]' COLUMNS (n FOR ORDINALITY, a int PATH '$.a' DEFAULT 0 ON EMPTY)) AS jt;
SELECT JSON_OBJECT('k': 1 ABSENT ON NULL), JSON_ARRAYAGG(x ORDER BY x) FROM generate_series(1, 3) x;
SELECT 'x' IS JSON OBJECT, JSON_VALUE('{"a": 1}', '$.a' RETURNING int);
