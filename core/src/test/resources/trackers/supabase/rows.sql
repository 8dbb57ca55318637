INSERT INTO supabase_migrations.schema_migrations (version, name, statements) VALUES
  ('20240101000000', 'users', ARRAY['-- users
CREATE TABLE "users" (id integer, path text DEFAULT ''a\b'')', 'CREATE INDEX i ON users (id)']),
  ('20240102000000', 'edited', ARRAY['SELECT 2']),
  ('20240103000000', NULL, NULL),
  ('20240104000000', 'gone', ARRAY['SELECT 4', NULL, '']);
