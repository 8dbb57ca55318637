-- expect: lock-timeout-missing:3
-- The rest of the day nobody could sign in.
ALTER TABLE account ADD COLUMN nickname text;
ALTER TABLE account ADD COLUMN motto text;
