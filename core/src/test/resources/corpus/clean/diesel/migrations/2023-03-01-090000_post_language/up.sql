SET LOCAL lock_timeout = '1500ms';
ALTER TABLE posts ADD COLUMN language TEXT NOT NULL DEFAULT 'en';
