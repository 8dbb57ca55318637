-- expect: triggers-off:2
ALTER TABLE orders DISABLE TRIGGER orders_total;
INSERT INTO orders (id) VALUES (1);
ALTER TABLE orders ENABLE TRIGGER orders_total;
