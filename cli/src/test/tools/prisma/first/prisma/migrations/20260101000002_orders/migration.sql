CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customers (id),
  placed_at timestamptz NOT NULL DEFAULT now(),
  total numeric(10, 2) NOT NULL
);
CREATE INDEX idx_orders_customer_id ON orders (customer_id);
