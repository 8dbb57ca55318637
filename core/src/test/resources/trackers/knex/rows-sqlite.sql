INSERT INTO knex_migrations (name, batch, migration_time) VALUES ('20240101000000_users.js', 1, 1704103200000), ('20240102000000_email.js', 1, 1704103201000), ('20240103000000_gone.js', 2, 1704189600000), (NULL, NULL, NULL);
INSERT INTO knex_migrations_lock (is_locked) VALUES (1);
