CREATE TABLE stock (item text PRIMARY KEY, amount int NOT NULL);
MERGE INTO stock s USING (VALUES ('nut', 5), ('bolt', -2)) AS d (item, delta) ON s.item = d.item
WHEN MATCHED AND s.amount + d.delta <= 0 THEN DELETE
WHEN MATCHED THEN UPDATE SET amount = s.amount + d.delta
WHEN NOT MATCHED BY TARGET THEN INSERT VALUES (d.item, d.delta)
WHEN NOT MATCHED BY SOURCE THEN DO NOTHING
RETURNING merge_action(), s.*;
