CREATE TABLE feed (id bigint PRIMARY KEY, body jsonb);
CREATE PUBLICATION feed_out FOR TABLE feed WHERE (id > 0) WITH (publish = 'insert, update');
ALTER TABLE feed REPLICA IDENTITY USING INDEX feed_pkey;
CREATE STATISTICS feed_stats (ndistinct, mcv) ON id, (body ->> 'kind') FROM feed;
