CREATE TABLE flyway_schema_history (installed_rank integer PRIMARY KEY, version text, remark text);
CREATE TABLE schema_version (version integer);
