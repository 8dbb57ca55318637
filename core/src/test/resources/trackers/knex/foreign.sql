CREATE TABLE knex_migrations (id integer, name text);
