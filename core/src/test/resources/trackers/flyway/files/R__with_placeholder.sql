CREATE VIEW ${prefix} AS SELECT * FROM users;
