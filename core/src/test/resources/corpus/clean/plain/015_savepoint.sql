START TRANSACTION;
CREATE TABLE stage (id int, txt text);
SAVEPOINT before_load;
INSERT INTO stage SELECT g, md5(g::text) FROM generate_series(1, 100) g;
ROLLBACK TO SAVEPOINT before_load;
RELEASE SAVEPOINT before_load;
END;
