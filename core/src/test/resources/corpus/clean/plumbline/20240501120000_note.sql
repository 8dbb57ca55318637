-- plumb:schema
ALTER TABLE courses ADD COLUMN note text;
ALTER TABLE courses ADD COLUMN made_at timestamptz NOT NULL DEFAULT now();
-- plumb:undo
ALTER TABLE courses DROP COLUMN made_at, DROP COLUMN note;
