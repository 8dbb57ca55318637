-- migrate:up
CREATE TABLE readers (id bigint GENERATED ALWAYS AS IDENTITY, name text COLLATE "C" NOT NULL, PRIMARY KEY (id));
CREATE UNIQUE INDEX readers_name ON readers (name) NULLS NOT DISTINCT;
INSERT INTO readers (name) VALUES ('Ada'), (E'O\'Neill'), ($$it's$$), (U&'\00e9t\00e9');
-- migrate:down
DROP TABLE readers;
