-- expect: forced-row-security:3
ALTER TABLE orders FORCE ROW LEVEL SECURITY;
UPDATE orders SET state = 'new' WHERE state IS NULL AND id < 100;
