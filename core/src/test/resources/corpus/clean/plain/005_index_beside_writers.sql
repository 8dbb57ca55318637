SET lock_timeout = '2s';
CREATE INDEX CONCURRENTLY measurement_device ON measurement (device_id) WITH (fillfactor = 90);
