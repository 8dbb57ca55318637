SET lock_timeout = '3s';
ALTER TABLE customer_order ADD COLUMN note text;
ALTER TABLE customer_order ADD COLUMN gift boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN customer_order.note IS 'Shown to the customer.';
