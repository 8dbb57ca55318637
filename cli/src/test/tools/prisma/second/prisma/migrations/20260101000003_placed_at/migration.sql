CREATE INDEX IF NOT EXISTS idx_orders_placed_at ON orders (placed_at);
ALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total >= 0);
