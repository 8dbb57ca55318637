SET lock_timeout = 2000;
ALTER TABLE articles ADD COLUMN body text;
CREATE TABLE follows (
    follower bigint NOT NULL,
    followed bigint NOT NULL,
    CONSTRAINT no_self CHECK (follower <> followed),
    PRIMARY KEY (follower, followed)
);
