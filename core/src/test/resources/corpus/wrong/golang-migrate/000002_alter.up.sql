-- expect: lock-timeout-missing:2, type-change-rewrites:2
ALTER TABLE jobs ALTER COLUMN attempts TYPE integer;
