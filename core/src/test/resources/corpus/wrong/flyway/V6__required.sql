-- expect: not-null-without-backfill:3
SET lock_timeout = '2s';
ALTER TABLE ${schema}.account ADD COLUMN plan text NOT NULL;
