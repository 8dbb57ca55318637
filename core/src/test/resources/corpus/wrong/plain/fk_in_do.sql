-- expect: foreign-key-without-not-valid:3
DO $$ BEGIN
  ALTER TABLE posts ADD CONSTRAINT posts_author FOREIGN KEY (author) REFERENCES people (id) ON DELETE SET NULL;
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;
