-- migrate:up transaction:false
ALTER TABLE users ADD email text;
-- migrate:down
ALTER TABLE users DROP email;
