-- The column, empty and not required: neither the old nor the new code minds it.
-- plumb:rollback plumb undo, as long as nothing reads the column
-- plumb:no-backfill it is filled by 002, when new writes fill it already
-- plumb:schema
ALTER TABLE project_assessments ADD COLUMN project_team_id bigint;
-- plumb:undo
ALTER TABLE project_assessments DROP COLUMN project_team_id;
