CREATE TABLE likes (
  post_id INTEGER NOT NULL REFERENCES posts (id) ON UPDATE CASCADE ON DELETE CASCADE,
  person TEXT NOT NULL,
  at TIMESTAMPTZ NOT NULL DEFAULT statement_timestamp(),
  PRIMARY KEY (post_id, person)
);
CREATE VIEW liked AS SELECT post_id, array_agg(person ORDER BY at) FILTER (WHERE at > now() - '1 day'::interval) AS people, percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM at)) AS middle FROM likes GROUP BY 1;
