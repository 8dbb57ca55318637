-- expect: system-catalog-written:2
DELETE FROM pg_catalog.pg_enum WHERE enumlabel = 'lost' AND enumtypid = 'order_state'::regtype;
