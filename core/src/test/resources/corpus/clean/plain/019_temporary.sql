CREATE TEMPORARY TABLE wanted (id bigint) ON COMMIT DROP;
INSERT INTO wanted VALUES (1), (2), (3);
CREATE INDEX ON wanted (id);
UPDATE ticket SET state = 'closed' WHERE id IN (SELECT id FROM wanted) AND state = 'open';
