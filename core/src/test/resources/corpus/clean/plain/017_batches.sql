CREATE PROCEDURE archive_old_visits()
LANGUAGE plpgsql AS $$
DECLARE
    moved integer;
BEGIN
    LOOP
        WITH batch AS (
            SELECT ctid FROM visit WHERE seen < now() - interval '2 years' LIMIT 5000 FOR UPDATE SKIP LOCKED
        ), gone AS (
            DELETE FROM visit v USING batch WHERE v.ctid = batch.ctid RETURNING v.*
        )
        INSERT INTO visit_archive SELECT * FROM gone;
        GET DIAGNOSTICS moved = ROW_COUNT;
        EXIT WHEN moved = 0;
        COMMIT;
    END LOOP;
END $$;
