INSERT INTO "SequelizeMeta" (name) VALUES ('20240101000000-users.js'), ('20240102000000-it''s-quoted.js'), ('20240103000000-gone.js');
