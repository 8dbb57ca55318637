-- expect: index-without-concurrently:2
create index on people using gin (lower(name) gin_trgm_ops);
