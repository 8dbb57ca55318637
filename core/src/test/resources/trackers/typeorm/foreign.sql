CREATE TABLE migrations (id integer, name text, hash text, executed_at text);
CREATE TABLE typeorm_migrations (id integer, migration text, batch integer);
