CREATE TABLE schema_migrations (version text PRIMARY KEY, applied_at text);
