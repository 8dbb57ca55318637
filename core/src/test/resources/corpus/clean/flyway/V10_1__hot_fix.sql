SET lock_timeout = '3s';
ALTER TABLE account ALTER COLUMN plan SET DEFAULT 'team';
ALTER TABLE account ALTER COLUMN name TYPE varchar(200);
ALTER TABLE account ALTER COLUMN plan TYPE text;
