-- expect: enum-value-in-transaction:3
BEGIN;
ALTER TYPE order_state ADD VALUE 'lost';
UPDATE orders SET state = 'lost' WHERE id = 17;
COMMIT;
