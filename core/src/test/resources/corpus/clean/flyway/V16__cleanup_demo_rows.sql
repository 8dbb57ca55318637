WITH gone AS (
    DELETE FROM audit_trail
    WHERE actor = 'demo' AND happened < now() - interval '90 days'
    RETURNING id, happened
), counted AS (
    SELECT count(*) AS rows, min(happened) AS first FROM gone
)
INSERT INTO audit_trail (actor, table_name, new_row)
SELECT 'cleanup', 'audit_trail', to_jsonb(counted) FROM counted;
