-- expect: not-repeatable:2
CREATE TABLE visits (id bigint PRIMARY KEY, page_id bigint);
CREATE INDEX CONCURRENTLY visits_page ON visits (page_id);
