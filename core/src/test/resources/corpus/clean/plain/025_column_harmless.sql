SET lock_timeout = '2s';
ALTER TABLE ticket
    ADD COLUMN colour text DEFAULT 'grey',
    ADD COLUMN seen_at timestamptz DEFAULT CURRENT_TIMESTAMP,
    ADD COLUMN labels text[] NOT NULL DEFAULT ARRAY[]::text[],
    ALTER COLUMN body SET STORAGE EXTERNAL,
    ALTER COLUMN body SET STATISTICS 500,
    SET (autovacuum_vacuum_scale_factor = 0.01);
