INSERT INTO schema_migrations (version, dirty) VALUES (3, TRUE);
