-- +goose Up
-- +goose StatementBegin
DO $do$
DECLARE
    missing bigint;
BEGIN
    SELECT count(*) INTO missing FROM users WHERE username IS NULL;
    IF missing > 0 THEN
        RAISE WARNING '% users have no username', missing;
    END IF;
END
$do$;
-- +goose StatementEnd
-- +goose Down
SELECT 'nothing to do';
