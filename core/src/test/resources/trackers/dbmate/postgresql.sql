CREATE TABLE "schema_migrations" (version varchar(128) PRIMARY KEY);
