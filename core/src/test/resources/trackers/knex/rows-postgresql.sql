INSERT INTO knex_migrations (name, batch, migration_time) VALUES ('20240101000000_users.js', 1, '2024-01-01 10:00:00+00'), ('20240102000000_email.js', 1, '2024-01-01 10:00:01+00'), ('20240103000000_gone.js', 2, '2024-01-02 10:00:00+00'), (NULL, NULL, NULL);
INSERT INTO knex_migrations_lock (is_locked) VALUES (1);
