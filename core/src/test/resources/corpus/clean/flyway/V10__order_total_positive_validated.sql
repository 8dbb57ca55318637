ALTER TABLE customer_order VALIDATE CONSTRAINT customer_order_net;
