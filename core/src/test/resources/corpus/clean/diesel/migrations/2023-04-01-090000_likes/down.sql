DROP VIEW liked;
DROP TABLE likes;
