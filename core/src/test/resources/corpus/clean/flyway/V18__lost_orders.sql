UPDATE customer_order SET state = 'lost' WHERE id = '6f1c3d2e-90b2-4a0c-b0aa-1d2f3c4b5a69';
