DROP TABLE follows;
ALTER TABLE articles DROP COLUMN body;
