DROP INDEX CONCURRENTLY IF EXISTS article_title;
CREATE INDEX CONCURRENTLY article_title ON article (title);
ANALYZE article;
