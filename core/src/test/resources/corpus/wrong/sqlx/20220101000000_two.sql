-- no-transaction
-- expect: not-repeatable:3
CREATE TABLE follows (follower bigint, followed bigint);
CREATE INDEX CONCURRENTLY articles_author ON articles (author);
