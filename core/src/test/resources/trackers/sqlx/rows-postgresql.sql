INSERT INTO _sqlx_migrations VALUES
  (1, 'users', '2024-01-01 10:00:00+00', TRUE, decode('5270f9a2930524c59930be7ba45946d8709a773926274050f8c310ae17fca804ac749ef8fa850e28bcc249464701622d', 'hex'), 5),
  (2, 'email', '2024-01-02 10:00:00+00', TRUE, decode('00ff', 'hex'), 5),
  (3, 'half done', '2024-01-03 10:00:00+00', FALSE, decode('580ac9811643326b5aa00c417602cd91f84195bbe445a07a2316026246570bb17a25d4ba6ce651f08f49525c30b64212', 'hex'), 5),
  (4, 'gone', '2024-01-04 10:00:00+00', TRUE, decode('00', 'hex'), 5);
