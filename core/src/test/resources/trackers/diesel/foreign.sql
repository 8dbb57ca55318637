CREATE TABLE __diesel_schema_migrations (version text);
