ALTER TABLE users ADD email text;
ALTER TABLE users ADD name text;
