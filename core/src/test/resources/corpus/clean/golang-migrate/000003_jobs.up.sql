CREATE TABLE jobs (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind       text NOT NULL,
    payload    jsonb NOT NULL DEFAULT '{}',
    run_at     timestamptz NOT NULL DEFAULT now(),
    locked_by  text,
    attempts   smallint NOT NULL DEFAULT 0
);
CREATE INDEX jobs_due ON jobs (run_at) WHERE locked_by IS NULL;

CREATE FUNCTION take_job(worker text) RETURNS jobs LANGUAGE sql AS $$
    UPDATE jobs SET locked_by = worker, attempts = attempts + 1
    WHERE id = (
        SELECT id FROM jobs
        WHERE locked_by IS NULL AND run_at <= now()
        ORDER BY run_at
        FOR UPDATE SKIP LOCKED
        LIMIT 1
    )
    RETURNING *
$$;
