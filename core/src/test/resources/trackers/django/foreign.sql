CREATE TABLE django_migrations (id integer, name text);
