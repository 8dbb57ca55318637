INSERT INTO databasechangelog (id, author, filename, dateexecuted, orderexecuted, exectype, md5sum, description, comments, liquibase, deployment_id) VALUES
  ('1', 'ada', 'db/changelog/v1/orders.sql', '2024-01-01 10:00:00', 1, 'EXECUTED', '9:0123456789abcdef0123456789abcdef', 'sql', '', '4.33.0', '4103200000'),
  ('2', 'ada', 'db/changelog/v1/orders.sql', '2024-01-02 10:00:00', 2, 'RERAN', '9:0123456789abcdef0123456789abcdef', 'sql', '', '4.33.0', '4103200000'),
  ('three words', 'ada b', 'db/changelog/v1/orders.sql', '2024-01-03 10:00:00', 3, 'MARK_RAN', '9:0123456789abcdef0123456789abcdef', 'sql', '', '4.33.0', '4103200000'),
  ('1', 'ada', 'classpath:db/changelog/v2/orders.sql', '2024-01-04 10:00:00', 4, 'EXECUTED', '9:0123456789abcdef0123456789abcdef', 'sql', '', '4.33.0', '4103200000'),
  ('5', 'bob', 'db/changelog/more.xml', '2024-01-05 10:00:00', 5, 'EXECUTED', '9:0123456789abcdef0123456789abcdef', 'sql', '', '4.33.0', '4103200000'),
  ('6', 'bob', 'logical.xml', '2024-01-06 10:00:00', 6, 'FAILED', '9:0123456789abcdef0123456789abcdef', 'sql', '', '4.33.0', '4103200000'),
  ('7', 'eve', 'db/changelog/more.yaml', '2024-01-07 10:00:00', 7, 'SKIPPED', '9:0123456789abcdef0123456789abcdef', 'sql', '', '4.33.0', '4103200000'),
  ('9', 'gone', 'db/changelog/gone.sql', '2024-01-08 10:00:00', 8, 'EXECUTED', '9:0123456789abcdef0123456789abcdef', 'sql', '', '4.33.0', '4103200000');
INSERT INTO databasechangeloglock VALUES (1, TRUE, '2024-01-08 10:00:00', 'host (10.0.0.1)');
