SET lock_timeout = '3s';
ALTER TABLE customer_order ADD CONSTRAINT customer_order_net CHECK (net >= 0) NOT VALID;
