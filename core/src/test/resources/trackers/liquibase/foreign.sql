CREATE TABLE databasechangelog (id text, author text, remark text);
