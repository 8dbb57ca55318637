-- migrate:up
CREATE INDEX IF NOT EXISTS idx_orders_placed_at ON orders (placed_at);
ALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total >= 0);

-- migrate:down
ALTER TABLE orders DROP CONSTRAINT orders_total_check;
DROP INDEX idx_orders_placed_at;
