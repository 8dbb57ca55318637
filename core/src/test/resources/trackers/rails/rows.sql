INSERT INTO schema_migrations (version) VALUES ('20240101000000'), ('1'), ('20240103000000');
INSERT INTO ar_internal_metadata VALUES ('environment', 'production', '2024-01-01 10:00:00', '2024-01-01 10:00:00');
