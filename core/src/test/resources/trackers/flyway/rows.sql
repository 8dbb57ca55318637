INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, installed_on, execution_time, success) VALUES
  (0, NULL, '<< Flyway Schema Creation >>', 'SCHEMA', '"app"', NULL, 'app', '2024-01-01 10:00:00', 0, TRUE),
  (1, '1', 'users', 'SQL', 'V1__users.sql', -1203868596, 'app', '2024-01-01 10:00:01.5', 12, TRUE),
  (2, '2', 'email and name', 'SQL', 'V2__email_and_name.sql', 1000834784, 'app', '2024-01-02 10:00:00', 12, TRUE),
  (3, '3', 'edited', 'SQL', 'V3__edited.sql', 1, 'app', '2024-01-03 10:00:00', 12, TRUE),
  (4, '5', 'taken back', 'SQL', 'V5__taken_back.sql', -1906170489, 'app', '2024-01-04 10:00:00', 12, TRUE),
  (5, '5', 'taken back', 'UNDO_SQL', 'U5__taken_back.sql', NULL, 'app', '2024-01-05 10:00:00', 12, TRUE),
  (6, NULL, 'everybody', 'SQL', 'R__everybody.sql', 5, 'app', '2024-01-06 10:00:00', 12, TRUE),
  (7, NULL, 'everybody', 'SQL', 'R__everybody.sql', 1153488447, 'app', '2024-01-07 10:00:00', 12, TRUE),
  (8, '6', 'InJava', 'JDBC', 'db.migration.V6__InJava', NULL, 'app', '2024-01-08 10:00:00', 12, TRUE),
  (9, '7', 'no file', 'SQL', 'V7__no_file.sql', 7, 'app', '2024-01-09 10:00:00', 12, TRUE),
  (10, '8', 'withdrawn', 'SQL', 'V8__withdrawn.sql', 8, 'app', '2024-01-10 10:00:00', 12, TRUE),
  (11, '8', 'withdrawn', 'DELETE', 'V8__withdrawn.sql', 8, 'app', '2024-01-11 10:00:00', 0, TRUE),
  (12, '4', 'index', 'SQL', 'V4__index.sql', -1792182921, 'app', '2024-01-12 10:00:00', 12, FALSE);
