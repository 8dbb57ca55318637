-- Statements of every sort that migrations are made of; PostgreSQL accepts each.
BEGIN;
SET LOCAL lock_timeout = '2s';
SELECT set_config('search_path', 'app, public', true);
CREATE EXTENSION IF NOT EXISTS "uuid-ossp" WITH SCHEMA public;
CREATE SCHEMA IF NOT EXISTS app AUTHORIZATION CURRENT_USER;
CREATE TYPE app.mood AS ENUM ('sad', 'ok', 'happy');
ALTER TYPE app.mood ADD VALUE IF NOT EXISTS 'ecstatic' AFTER 'happy';
CREATE TYPE app.pair AS (a int, b text);
CREATE DOMAIN app.email AS text CHECK (VALUE ~ '^[^@]+@[^@]+$');
CREATE SEQUENCE app.ids AS bigint START 1000 INCREMENT BY 10 OWNED BY NONE;
CREATE TABLE app.users (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email app.email NOT NULL UNIQUE NULLS NOT DISTINCT,
    "Name" varchar(100) COLLATE "C" DEFAULT 'no''body',
    full_name text GENERATED ALWAYS AS (lower("Name") || ' <' || email || '>') STORED,
    tags text[] NOT NULL DEFAULT '{}',
    settings jsonb DEFAULT '{"a": 1}'::jsonb,
    period tstzrange,
    CONSTRAINT users_tags_ck CHECK (cardinality(tags) < 10) NOT VALID,
    EXCLUDE USING gist (period WITH &&) WHERE (email IS NOT NULL)
);
CREATE UNLOGGED TABLE app.cache (LIKE app.users INCLUDING ALL EXCLUDING INDEXES);
CREATE TABLE app.events (id bigint, at timestamptz NOT NULL, kind app.mood) PARTITION BY RANGE (at);
CREATE TABLE app.events_2026 PARTITION OF app.events
    FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY HASH (id);
ALTER TABLE app.events ATTACH PARTITION app.events_2027 FOR VALUES FROM (MINVALUE) TO ('2026-01-01');
ALTER TABLE app.events DETACH PARTITION app.events_2026 CONCURRENTLY;
CREATE TABLE app.copy AS SELECT * FROM app.users WITH NO DATA;
ALTER TABLE IF EXISTS app.users
    ADD COLUMN IF NOT EXISTS age int NOT NULL DEFAULT 0,
    ALTER COLUMN age TYPE bigint USING age::bigint,
    ALTER COLUMN "Name" DROP NOT NULL,
    ADD CONSTRAINT users_boss_fk FOREIGN KEY (id) REFERENCES app.users (id)
      ON DELETE SET NULL (id) DEFERRABLE INITIALLY DEFERRED NOT VALID;
ALTER TABLE app.users VALIDATE CONSTRAINT users_boss_fk;
ALTER TABLE app.users RENAME COLUMN age TO years;
ALTER TABLE app.users ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE app.users REPLICA IDENTITY FULL;
ALTER TABLE app.users SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01);
CREATE POLICY own ON app.users AS RESTRICTIVE FOR ALL TO PUBLIC
    USING (id = current_setting('app.user')::bigint) WITH CHECK (true);
CREATE INDEX CONCURRENTLY IF NOT EXISTS users_name_ix ON app.users
    USING btree (lower("Name") text_pattern_ops DESC NULLS LAST) INCLUDE (email) WHERE years > 18;
CREATE UNIQUE INDEX ON ONLY app.events (id, at) NULLS NOT DISTINCT;
REINDEX (VERBOSE) INDEX CONCURRENTLY app.users_name_ix;
CREATE STATISTICS app.users_stats (ndistinct, dependencies) ON email, years FROM app.users;
CREATE VIEW app.adults WITH (security_barrier) AS
    SELECT * FROM app.users WHERE years >= 18 WITH LOCAL CHECK OPTION;
CREATE OR REPLACE RECURSIVE VIEW app.numbers (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM app.numbers WHERE n < 9;
CREATE MATERIALIZED VIEW app.daily TABLESPACE pg_default AS
    SELECT date_trunc('day', at) AS "day", count(*) FILTER (WHERE kind = 'ok') FROM app.events GROUP BY 1 WITH NO DATA;
REFRESH MATERIALIZED VIEW CONCURRENTLY app.daily;
CREATE OR REPLACE FUNCTION app.touch() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $body$
BEGIN
  -- a comment; with a semicolon and a 'quote
  NEW.years := coalesce(NEW.years, 0);
  IF TG_OP = 'UPDATE' THEN RETURN NEW; END IF;
  RETURN NEW;
END;
$body$;
CREATE FUNCTION app.add(a int, b int DEFAULT 1, VARIADIC c int[] DEFAULT '{}') RETURNS int
    IMMUTABLE STRICT PARALLEL SAFE RETURN a + b;
CREATE FUNCTION app.both(OUT x int, OUT y int) RETURNS SETOF record LANGUAGE sql BEGIN ATOMIC
  SELECT CASE WHEN true THEN 1 ELSE 2 END, 2;
  SELECT 3, 4;
END;
CREATE PROCEDURE app.work(INOUT n int) LANGUAGE plpgsql AS 'BEGIN n := n + 1; COMMIT; END';
CALL app.work(n => 1);
CREATE AGGREGATE app.total (numeric) (SFUNC = numeric_add, STYPE = numeric, INITCOND = '0');
CREATE OPERATOR app.=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq, COMMUTATOR = OPERATOR(app.===));
CREATE CAST (text AS app.mood) WITH INOUT AS ASSIGNMENT;
CREATE TRIGGER touch BEFORE INSERT OR UPDATE OF years ON app.users
    FOR EACH ROW WHEN (NEW.years IS DISTINCT FROM 3) EXECUTE FUNCTION app.touch();
CREATE CONSTRAINT TRIGGER late AFTER DELETE ON app.users DEFERRABLE FOR EACH ROW EXECUTE PROCEDURE app.touch();
ALTER TABLE app.users DISABLE TRIGGER touch;
CREATE EVENT TRIGGER no_drops ON sql_drop WHEN TAG IN ('DROP TABLE') EXECUTE FUNCTION app.refuse();
CREATE RULE twice AS ON INSERT TO app.users DO ALSO (INSERT INTO app.log VALUES (1); NOTIFY twice, 'x');
DO LANGUAGE plpgsql $$
DECLARE r record;
BEGIN
  FOR r IN SELECT oid FROM pg_class LOOP EXECUTE format($f$ANALYZE %I$f$, r.oid); END LOOP;
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;
INSERT INTO app.users AS u (email, "Name") OVERRIDING SYSTEM VALUE
    SELECT 'a@b', E'it\'s' FROM generate_series(1, 3) AS g (i)
    ON CONFLICT (email) WHERE years > 1 DO UPDATE SET "Name" = EXCLUDED."Name", years = DEFAULT
    RETURNING id, xmax = 0 AS inserted;
WITH RECURSIVE tree AS MATERIALIZED (SELECT 1 AS n UNION SELECT n + 1 FROM tree)
    SEARCH DEPTH FIRST BY n SET ordercol
UPDATE app.users u SET (years, tags) = (SELECT max(n), array_agg('x') FROM tree) FROM app.events e
    WHERE u.id = e.id AND u.settings @> '{"a": 1}' AND u.settings ? 'b' AND e.at > now() - interval '1 day';
DELETE FROM ONLY app.users USING app.events e WHERE users.id = e.id RETURNING WITH (OLD AS o) o.*;
MERGE INTO app.users u USING (VALUES (1, 'x')) AS v (id, email) ON u.id = v.id
    WHEN MATCHED AND v.email IS NULL THEN DELETE
    WHEN MATCHED THEN UPDATE SET email = v.email
    WHEN NOT MATCHED BY SOURCE THEN DO NOTHING
    WHEN NOT MATCHED THEN INSERT (email) VALUES (v.email) RETURNING merge_action(), u.*;
SELECT DISTINCT ON (u.id) u.*, row_number() OVER w, sum(x) OVER (PARTITION BY y ORDER BY z ROWS 3 PRECEDING),
    (array[1, 2])[1:2], ('{1}'::int[])[1], u.settings -> 'a' ->> 'b', x::numeric(5, 2), CAST(y AS text), $1, B'01', X'ff',
    U&'d\0061t', 1e10, 0x1F, 1_000, position('a' IN 'b'), extract(epoch FROM now()), x AT TIME ZONE 'UTC', x IS JSON OBJECT
    FROM app.users u LEFT JOIN LATERAL (SELECT 1 AS x, 2 AS y, 3 AS z) l ON true
    NATURAL JOIN app.events TABLESAMPLE BERNOULLI (10) REPEATABLE (1)
    WHERE x IN (1, 2) AND y BETWEEN SYMMETRIC 1 AND 2 AND z = ANY (ARRAY[1]) AND (1, 2) OVERLAPS (3, 4)
    GROUP BY GROUPING SETS ((), CUBE (a, b)), ROLLUP (c) HAVING count(*) > 1
    WINDOW w AS (ORDER BY u.id) ORDER BY 1 USING < OFFSET 1 FETCH FIRST 3 ROWS WITH TIES FOR NO KEY UPDATE OF u NOWAIT;
SELECT jt.* FROM JSON_TABLE('[{"a": 1}]', '$[*]' COLUMNS (a int PATH '$.a' DEFAULT 0 ON EMPTY, n FOR ORDINALITY)) AS jt;
SELECT xmlelement(name foo, xmlattributes(1 AS a), 'b');
TABLE app.users;
COPY app.users (email, "Name") FROM '/tmp/x.csv' WITH (FORMAT csv, HEADER, FORCE_NULL (email)) WHERE email <> '';
COPY (SELECT 1) TO STDOUT;
LOCK TABLE app.users, app.events IN SHARE ROW EXCLUSIVE MODE NOWAIT;
GRANT SELECT, UPDATE (years) ON app.users TO reader, writer WITH GRANT OPTION;
REVOKE ALL ON ALL TABLES IN SCHEMA app FROM PUBLIC CASCADE;
ALTER DEFAULT PRIVILEGES FOR ROLE owner IN SCHEMA app GRANT EXECUTE ON FUNCTIONS TO reader;
CREATE ROLE reader NOLOGIN PASSWORD NULL CONNECTION LIMIT 5;
ALTER ROLE reader IN DATABASE d SET statement_timeout TO '5s';
GRANT reader TO writer WITH ADMIN OPTION, INHERIT FALSE;
COMMENT ON COLUMN app.users."Name" IS E'What people\ncall them; größer als 😀';
COMMENT ON CONSTRAINT users_boss_fk ON app.users IS NULL;
SECURITY LABEL FOR dummy ON TABLE app.users IS 'secret';
CREATE PUBLICATION p FOR TABLE app.users (id) WHERE (id > 1), TABLES IN SCHEMA app WITH (publish = 'insert');
CREATE SUBSCRIPTION s CONNECTION 'host=x' PUBLICATION p WITH (enabled = false);
CREATE FOREIGN DATA WRAPPER w HANDLER postgres_fdw_handler;
CREATE SERVER other FOREIGN DATA WRAPPER w OPTIONS (host 'x');
CREATE USER MAPPING FOR CURRENT_USER SERVER other OPTIONS (user 'u');
CREATE FOREIGN TABLE app.far (id int) SERVER other OPTIONS (table_name 'near');
IMPORT FOREIGN SCHEMA public LIMIT TO (a, b) FROM SERVER other INTO app;
CREATE TEXT SEARCH CONFIGURATION app.german (COPY = pg_catalog.german);
CREATE COLLATION app.ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
ALTER SEQUENCE app.ids RESTART WITH 5;
ALTER FUNCTION app.add(int, int, int[]) OWNER TO CURRENT_ROLE;
ALTER SCHEMA app RENAME TO application;
ALTER SYSTEM SET work_mem = '1MB';
ALTER DATABASE d SET timezone = 'UTC';
TRUNCATE app.users, ONLY app.events RESTART IDENTITY CASCADE;
DROP TABLE IF EXISTS app.copy, app.cache CASCADE;
DROP INDEX CONCURRENTLY IF EXISTS app.users_name_ix;
DROP FUNCTION app.add(int, int, VARIADIC int[]);
DROP TRIGGER IF EXISTS touch ON app.users;
DROP OWNED BY reader;
REASSIGN OWNED BY reader TO writer;
PREPARE q (int) AS SELECT $1;
EXECUTE q (1);
DEALLOCATE ALL;
EXPLAIN (ANALYZE, BUFFERS, FORMAT json) SELECT 1;
VACUUM (ANALYZE, PARALLEL 2) app.users (id);
ANALYZE app.users;
CLUSTER app.users USING users_pkey;
DECLARE c SCROLL CURSOR WITH HOLD FOR SELECT 1;
FETCH FORWARD 3 FROM c;
CLOSE c;
LISTEN twice;
DISCARD ALL;
SET CONSTRAINTS ALL DEFERRED;
SET SESSION AUTHORIZATION DEFAULT;
RESET ALL;
SHOW fsync;
CHECKPOINT;
SAVEPOINT a;
ROLLBACK TO SAVEPOINT a;
RELEASE a;
PREPARE TRANSACTION 'x';
START TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ ONLY, DEFERRABLE;
COMMIT AND NO CHAIN
