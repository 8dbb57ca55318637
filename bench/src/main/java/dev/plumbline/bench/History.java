package dev.plumbline.bench;

import java.util.ArrayList;
import java.util.List;

/** 500 migrations that make 2,000 objects and change, rename and drop some of them again. */
final class History {
  private static final int FILES = 500;

  private History() {}

  static List<String> files() {
    List<String> files = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      files.add(TABLE.replace("{}", "t" + i) + FURTHER.get(i % FURTHER.size()).apply(i));
    }
    return files;
  }

  /** What a migration does beside making its table. */
  @FunctionalInterface
  private interface Further {
    String apply(int file);
  }

  private static final String TABLE =
      """
      CREATE TABLE {} (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        user_id int NOT NULL,
        parent_id bigint REFERENCES t0 (id) ON DELETE CASCADE,
        status text NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'open', 'done')),
        total numeric(10,2) DEFAULT 0,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX {}_user ON {} (user_id, lower(status)) WHERE status <> 'done';
      """;

  private static final List<Further> FURTHER =
      List.of(
          file ->
              """
              CREATE FUNCTION {}_touch() RETURNS trigger LANGUAGE plpgsql AS $$
              BEGIN
                NEW.created_at := now();
                RETURN NEW;
              END $$;
              CREATE TRIGGER {}_touch BEFORE UPDATE ON {}
                FOR EACH ROW WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION {}_touch();
              """
                  .replace("{}", "t" + file),
          file ->
              """
              COMMENT ON COLUMN {}.status IS 'Where it stands';
              CREATE VIEW {}_open AS SELECT id, user_id FROM {} WHERE status = 'open';
              """
                  .replace("{}", "t" + file),
          file ->
              """
              DO $$ BEGIN
                CREATE TYPE {}_mood AS ENUM ('a', 'b');
              EXCEPTION WHEN duplicate_object THEN NULL; END $$;
              ALTER TABLE {} ADD COLUMN IF NOT EXISTS mood {}_mood;
              """
                  .replace("{}", "t" + file),
          file ->
              """
              ALTER TABLE {before} RENAME COLUMN user_id TO owner_id;
              ALTER TABLE {} ALTER COLUMN total SET NOT NULL;
              """
                  .replace("{before}", "t" + (file - 3))
                  .replace("{}", "t" + file),
          file ->
              """
              DROP INDEX {before}_user;
              ALTER TABLE {} RENAME CONSTRAINT {}_status_check TO {}_status;
              """
                  .replace("{before}", "t" + (file - 1))
                  .replace("{}", "t" + file));
}
