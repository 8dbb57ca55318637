CREATE TABLE rates (currency text PRIMARY KEY, per_euro numeric NOT NULL);
INSERT INTO rates (currency, per_euro)
SELECT c, r FROM unnest(ARRAY['USD', 'CHF'], ARRAY[1.08, 0.95]) AS t (c, r);
