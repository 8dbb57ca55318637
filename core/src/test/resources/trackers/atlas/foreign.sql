CREATE TABLE atlas_schema_revisions (version text, description text);
