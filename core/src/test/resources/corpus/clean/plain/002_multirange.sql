CREATE TABLE closing (room int PRIMARY KEY, times tstzmultirange NOT NULL DEFAULT '{}');
CREATE FUNCTION is_open(r int, at timestamptz) RETURNS bool
LANGUAGE sql STABLE PARALLEL SAFE
RETURN NOT EXISTS (SELECT 1 FROM closing WHERE room = r AND times @> at);
CREATE AGGREGATE all_times (tstzrange) (SFUNC = range_merge, STYPE = tstzrange);
