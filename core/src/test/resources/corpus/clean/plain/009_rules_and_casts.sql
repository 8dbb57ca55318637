CREATE TYPE colour AS (r smallint, g smallint, b smallint);
CREATE FUNCTION colour_text(c colour) RETURNS text LANGUAGE sql IMMUTABLE
    AS 'SELECT ''#'' || to_hex(c.r) || to_hex(c.g) || to_hex(c.b)';
CREATE CAST (colour AS text) WITH FUNCTION colour_text(colour) AS ASSIGNMENT;
CREATE OPERATOR === (LEFTARG = colour, RIGHTARG = colour, FUNCTION = record_eq, COMMUTATOR = ===);
