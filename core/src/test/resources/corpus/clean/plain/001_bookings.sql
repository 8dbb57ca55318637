CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE TABLE booking (
    room   int NOT NULL,
    during tstzrange NOT NULL CHECK (NOT isempty(during)),
    guest  text,
    EXCLUDE USING gist (room WITH =, during WITH &&) WHERE (guest IS NOT NULL)
);
