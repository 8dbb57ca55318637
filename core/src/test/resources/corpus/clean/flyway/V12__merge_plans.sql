CREATE TABLE plan (code text PRIMARY KEY, price numeric NOT NULL, seats int);

MERGE INTO plan p
USING (VALUES ('free', 0, 3), ('team', 19.90, 20), ('company', 99, NULL)) AS v (code, price, seats)
   ON p.code = v.code
WHEN MATCHED AND p.price <> v.price THEN
    UPDATE SET price = v.price, seats = v.seats
WHEN NOT MATCHED THEN
    INSERT (code, price, seats) VALUES (v.code, v.price, v.seats);
