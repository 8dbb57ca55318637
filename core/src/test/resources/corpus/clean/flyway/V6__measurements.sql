CREATE TABLE measurement (
    device_id  integer NOT NULL,
    taken_at   timestamptz NOT NULL,
    celsius    double precision,
    PRIMARY KEY (device_id, taken_at)
) PARTITION BY RANGE (taken_at);

CREATE TABLE measurement_2024 PARTITION OF measurement
    FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE measurement_2025 PARTITION OF measurement
    FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE measurement_other PARTITION OF measurement DEFAULT;

CREATE INDEX measurement_taken ON measurement USING brin (taken_at);
