UPDATE customer_order SET state = 'sent';
