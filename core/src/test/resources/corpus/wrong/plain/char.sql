-- expect: padded-column:2
ALTER TABLE people ADD COLUMN country char(2);
