-- From here on the column is the truth.
-- plumb:rollback plumb undo makes the column optional again
-- plumb:verify assessment-team
-- plumb:constrain
ALTER TABLE project_assessments ALTER COLUMN project_team_id SET NOT NULL;
-- plumb:document
COMMENT ON COLUMN project_assessments.project_team_id IS 'The team whose assessment this is; it used to follow from group_id.';
-- plumb:undo
COMMENT ON COLUMN project_assessments.project_team_id IS NULL;
ALTER TABLE project_assessments ALTER COLUMN project_team_id DROP NOT NULL;
