CREATE TABLE __drizzle_migrations (id integer, name text);
