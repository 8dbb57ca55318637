CREATE TABLE schema_migrations (version text, statements text, name text);
