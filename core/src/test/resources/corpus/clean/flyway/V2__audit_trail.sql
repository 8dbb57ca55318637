CREATE TABLE audit_trail (
    id        bigserial PRIMARY KEY,
    happened  timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor     text NOT NULL,
    table_name text NOT NULL,
    old_row   jsonb,
    new_row   jsonb
) WITH (fillfactor = 100);

CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $body$
BEGIN
    IF TG_OP = 'DELETE' THEN
        INSERT INTO audit_trail (actor, table_name, old_row)
        VALUES (current_user, TG_TABLE_NAME, to_jsonb(OLD));
        RETURN OLD;
    END IF;
    INSERT INTO audit_trail (actor, table_name, old_row, new_row)
    VALUES (current_user, TG_TABLE_NAME, CASE WHEN TG_OP = 'UPDATE' THEN to_jsonb(OLD) END, to_jsonb(NEW));
    RETURN NEW;
END;
$body$;

REVOKE ALL ON FUNCTION audit() FROM PUBLIC;
