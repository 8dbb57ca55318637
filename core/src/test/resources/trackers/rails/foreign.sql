CREATE TABLE schema_migrations (version text, inserted_at text);
CREATE TABLE ar_internal_metadata (key text, value text);
