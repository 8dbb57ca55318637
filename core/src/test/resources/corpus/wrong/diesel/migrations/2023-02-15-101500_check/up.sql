-- expect: check-without-not-valid:3
SET lock_timeout = '1s';
ALTER TABLE posts ADD CHECK (length(title) < 200)
