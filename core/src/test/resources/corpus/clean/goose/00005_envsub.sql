-- +goose Up
-- +goose ENVSUB ON
CREATE TABLE regions (code text PRIMARY KEY, label text DEFAULT '${REGION}');
CREATE INDEX regions_label ON regions (label) TABLESPACE ${FAST_SPACE};
INSERT INTO regions (code) VALUES ('${REGION}');
-- +goose ENVSUB OFF

-- +goose Down
DROP TABLE regions;
