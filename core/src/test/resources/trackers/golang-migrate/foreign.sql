CREATE TABLE schema_migrations (version bigint, dirty boolean, note text);
