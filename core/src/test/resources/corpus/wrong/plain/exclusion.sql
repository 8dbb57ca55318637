-- expect: exclusion-constraint:2
ALTER TABLE bookings ADD CONSTRAINT one_at_a_time EXCLUDE USING gist (room WITH =, during WITH &&);
