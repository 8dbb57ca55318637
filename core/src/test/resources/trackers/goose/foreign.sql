CREATE TABLE goose_db_version (id integer, version_id integer);
