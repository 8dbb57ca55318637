-- expect: check-without-not-valid:2
ALTER TABLE orders ADD CONSTRAINT orders_total CHECK (total >= 0 AND note <> ')');
