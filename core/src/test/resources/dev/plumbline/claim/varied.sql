-- Statements of many sorts that all take effect: no claim of theirs may be called false.
CREATE SCHEMA app;
CREATE SCHEMA IF NOT EXISTS app;
CREATE SCHEMA extra CREATE TABLE inside (id int PRIMARY KEY) CREATE VIEW over AS SELECT id FROM inside;
CREATE EXTENSION IF NOT EXISTS pgcrypto;
CREATE EXTENSION btree_gist WITH SCHEMA public;
CREATE EXTENSION pg_trgm;
CREATE TYPE app.mood AS ENUM ('sad', 'ok', 'happy');
ALTER TYPE app.mood ADD VALUE IF NOT EXISTS 'ecstatic' AFTER 'happy';
ALTER TYPE app.mood ADD VALUE 'meh' BEFORE 'ok';
ALTER TYPE app.mood RENAME VALUE 'sad' TO 'gloomy';
CREATE TYPE app.pair AS (a int, b text);
ALTER TYPE app.pair ADD ATTRIBUTE c date;
CREATE TYPE app.span AS RANGE (subtype = int8);
CREATE DOMAIN app.email AS text CHECK (VALUE ~ '^[^@]+@[^@]+$');
CREATE DOMAIN positive AS numeric(10,2) NOT NULL DEFAULT 1 CONSTRAINT above_zero CHECK (VALUE > 0);
CREATE SEQUENCE app.ids AS bigint START 1000 INCREMENT BY 10 OWNED BY NONE;
CREATE SEQUENCE counter;
CREATE TABLE app.users (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email app.email NOT NULL UNIQUE,
    "Name" varchar(100) COLLATE "C" DEFAULT 'no''body',
    full_name text GENERATED ALWAYS AS (lower("Name") || ' <' || email || '>') STORED,
    tags text[] NOT NULL DEFAULT '{}',
    settings jsonb DEFAULT '{"a":  1}'::jsonb,
    period tstzrange,
    CONSTRAINT users_tags_ck CHECK (cardinality(tags) < 10) NOT VALID,
    EXCLUDE USING gist (period WITH &&) WHERE (email IS NOT NULL)
);
CREATE TABLE types (
    a int, b integer, c int4, d bigint, e int8, f smallint, g int2, h decimal(5,2), i numeric(5), j numeric, k dec(7, 3),
    l varchar, m varchar(10), n character varying(20), o char(3), p character, q "char", r bpchar, s text,
    t timestamp, u timestamptz, v timestamp(3) with time zone, w timestamptz(3), x time, y timetz(2), z date,
    aa interval, ab interval day to second(3), ac interval(2), ad float, ae float(20), af float(50), ag real, ah double precision,
    ai boolean, aj bool, ak bytea, al uuid, am json, an xml, ao int[], ap int[][], aq text[3], ar numeric(5,2)[], au app.mood,
    av app.mood[], aw positive, ax app.pair, ay bit, az bit(3), ba bit varying(5), bb varbit, bc inet, bd cidr, be macaddr,
    bf tsvector, bg point, bh int4range, bi money, bj oid, bk regclass, bl name, bm national character varying(4), bn int ARRAY[4]
);
CREATE TABLE defaults (
    a int DEFAULT 5, b int DEFAULT -5, c numeric(5,2) DEFAULT 5, d numeric DEFAULT 5.50, e text DEFAULT 5, f text DEFAULT 'x'::text,
    g bool DEFAULT true, h bool DEFAULT 't', i timestamptz DEFAULT now(), j timestamptz DEFAULT CURRENT_TIMESTAMP, k date DEFAULT '2026-1-1',
    l interval DEFAULT '24 hours', m interval DEFAULT interval '1' day, n uuid DEFAULT gen_random_uuid(), o int DEFAULT nextval('counter'),
    p int[] DEFAULT ARRAY[1, 2], q int[] DEFAULT '{}', r json DEFAULT '{}', s app.mood DEFAULT 'ok', t float8 DEFAULT 0.1, u bigint DEFAULT 1e3,
    v text DEFAULT NULL, w text DEFAULT E'a\nb', x varchar(3) DEFAULT 'abc', y char(5) DEFAULT 'a', z text DEFAULT current_user,
    aa timestamp DEFAULT (now() AT TIME ZONE 'utc'), ab int DEFAULT (1 + 2) * 3, ac numeric DEFAULT '7', ad text DEFAULT ('a' || 'b'),
    ae text DEFAULT concat('a', 'b'), af int DEFAULT 1000, ag text DEFAULT '', ah int DEFAULT 0, ai bool DEFAULT false, aj money DEFAULT 0,
    ak bit(3) DEFAULT B'101', al numeric(3,1) DEFAULT 1.25, am timestamptz DEFAULT 'epoch', an double precision DEFAULT 1, ao bigint DEFAULT 9999999999,
    ap jsonb DEFAULT jsonb_build_object('a', 1), aq text DEFAULT CASE WHEN true THEN 'x' END, ar text DEFAULT coalesce(NULL, 'y')
);
CREATE TABLE checks (
    id serial PRIMARY KEY,
    status text NOT NULL CHECK (status IN ('new', 'done', 'late')),
    state varchar(10) CHECK (state IN ('new', 'done')),
    one text CHECK (one IN ('only')),
    mood app.mood CHECK (mood IN ('ok', 'happy')),
    n int CHECK (n BETWEEN 1 AND 10),
    m numeric CHECK (m NOT BETWEEN 1 AND 2.5),
    o int CHECK (o NOT IN (1, 2, 3)),
    p text CHECK (p LIKE 'a%' OR p ILIKE '%b' OR p NOT LIKE 'c_' OR p SIMILAR TO '(a|b)%'),
    q text CHECK (length(trim(both from q)) > 0 AND char_length(q) <= 255),
    r date CHECK (r > '2020-01-01' AND extract(year FROM r) < 2100),
    s jsonb CHECK (s ? 'a' AND s->>'a' <> '' AND jsonb_typeof(s) = 'object'),
    t int CHECK (t IS NULL OR t > 0),
    u bool CHECK (u IS NOT FALSE),
    v int CHECK (v IS DISTINCT FROM 3 AND v IS NOT DISTINCT FROM v),
    w text CHECK (position('a' in w) > 0 AND substring(w from 1 for 2) = 'ab' AND overlay(w placing 'x' from 1) <> ''),
    x int CHECK (CASE WHEN x > 1 THEN x < 10 END),
    y numeric CHECK (round(y, 2) = y AND y::int >= 0 AND CAST(y AS text) <> ''),
    z int CHECK (num_nonnulls(z, n) >= 1),
    CHECK (n < o AND (o < 100 AND x < 5)),
    CHECK ((n, o) <> (1, 2)),
    CHECK (NOT (n = 1 AND o = 2)),
    CHECK (n = ANY (ARRAY[1, 2, 3])),
    CHECK (n = ANY ('{1,2}'::int[])),
    CHECK (o IN (n, x)),
    CHECK (greatest(n, o) < 5 AND nullif(n, 2) > 1),
    CHECK (status ~* '^[a-z]+$' AND status COLLATE "C" > 'a'),
    CONSTRAINT "Odd name" CHECK (checks.n <> 7),
    UNIQUE (n, o),
    UNIQUE (n, o),
    UNIQUE (id),
    CONSTRAINT checks_wx UNIQUE (w, x) INCLUDE (y) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE "Order" ("User" bigint REFERENCES app.users, "select" int, "Mixed Case" text, CONSTRAINT "PK" PRIMARY KEY ("User", "select"));
CREATE TABLE refs (
    id bigserial PRIMARY KEY,
    u bigint NOT NULL REFERENCES app.users (id) ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED,
    o bigint, s int,
    parent bigint CONSTRAINT refs_parent_fk REFERENCES refs ON DELETE SET NULL,
    FOREIGN KEY (o, s) REFERENCES "Order" ("User", "select") MATCH FULL
);
CREATE INDEX idx_refs_u ON refs (u);
CREATE UNIQUE INDEX IF NOT EXISTS idx_refs_us ON public.refs USING btree (u DESC, s ASC NULLS FIRST) INCLUDE (o) WHERE s > 0 AND o IS NOT NULL;
CREATE INDEX ON refs (o);
CREATE INDEX ON refs ((o + s), lower('x' || u::text));
CREATE INDEX users_name_ix ON app.users (lower("Name") text_pattern_ops DESC NULLS LAST, (id)) WHERE email IN ('a@b', 'c@d');
CREATE INDEX users_trgm ON app.users USING gin ("Name" gin_trgm_ops);
CREATE INDEX users_settings ON app.users USING gin (settings jsonb_path_ops);
CREATE INDEX users_json ON app.users ((settings ->> 'a'), ((settings -> 'b')::text));
CREATE INDEX users_hash ON app.users USING hash (email);
CREATE INDEX users_brin ON app.users USING brin (id) WITH (pages_per_range = 32);
CREATE INDEX users_c ON app.users ("Name" COLLATE "C", email COLLATE "POSIX");
CREATE INDEX users_text ON app.users USING gin (to_tsvector('english', coalesce("Name", '') || ' ' || coalesce(email, '')));
CREATE INDEX users_extract ON app.users (date_trunc('day', lower(period) AT TIME ZONE 'UTC'));
CREATE INDEX checks_partial ON checks (id) WHERE status = 'new' AND NOT u AND n BETWEEN 1 AND 3;
CREATE INDEX checks_in ON checks (id) WHERE state NOT IN ('new', 'old');
CREATE INDEX checks_default_ops ON checks (status text_ops, n int4_ops);
CREATE TABLE app.events (id bigint NOT NULL, at timestamptz NOT NULL, kind app.mood, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE app.events_2026 PARTITION OF app.events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY HASH (id);
CREATE TABLE app.events_2026_0 PARTITION OF app.events_2026 FOR VALUES WITH (MODULUS 1, REMAINDER 0);
CREATE TABLE app.events_rest PARTITION OF app.events (CONSTRAINT rest_ck CHECK (id > 0)) DEFAULT;
CREATE TABLE app.events_2025 (id bigint NOT NULL, at timestamptz NOT NULL, kind app.mood);
ALTER TABLE app.events ATTACH PARTITION app.events_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE INDEX events_kind ON app.events (kind, at);
CREATE INDEX events_only ON ONLY app.events (kind);
ALTER TABLE app.events RENAME COLUMN kind TO sort;
ALTER TABLE app.events DETACH PARTITION app.events_2025;
CREATE TABLE copied (LIKE checks INCLUDING ALL);
CREATE TABLE parent (a int, b text DEFAULT 'x');
CREATE TABLE child (c int NOT NULL, b text) INHERITS (parent);
ALTER TABLE parent RENAME COLUMN b TO bb;
ALTER TABLE parent ALTER bb SET DEFAULT 'y', ALTER a SET NOT NULL;
CREATE TABLE of_type OF app.pair (a WITH OPTIONS NOT NULL, PRIMARY KEY (a));
CREATE TABLE made AS SELECT 1 AS a, 'x'::text AS b;
SELECT 1 AS z INTO made_too;
CREATE UNLOGGED TABLE IF NOT EXISTS cache (k text PRIMARY KEY, v bytea);
CREATE TEMP TABLE scratch (id int PRIMARY KEY, v text);
CREATE INDEX scratch_v ON scratch (v);
ALTER TABLE scratch ADD COLUMN w int;
COMMENT ON TABLE scratch IS 'gone soon';
CREATE VIEW scratch_view AS SELECT * FROM scratch;
DROP VIEW scratch_view;
DROP TABLE scratch;
ALTER TABLE app.users
    ADD COLUMN IF NOT EXISTS age int NOT NULL DEFAULT 0,
    ALTER COLUMN "Name" SET NOT NULL,
    ADD COLUMN boss bigint,
    ADD CONSTRAINT users_boss_fk FOREIGN KEY (boss) REFERENCES app.users (id) ON DELETE SET NULL NOT VALID,
    ADD CONSTRAINT users_age_ck CHECK (age >= 0) NOT VALID;
ALTER TABLE app.users ALTER COLUMN age TYPE bigint USING age::bigint, ALTER COLUMN "Name" DROP NOT NULL;
ALTER TABLE app.users VALIDATE CONSTRAINT users_boss_fk;
ALTER TABLE app.users VALIDATE CONSTRAINT users_age_ck, DROP CONSTRAINT users_tags_ck;
ALTER TABLE app.users RENAME COLUMN age TO years;
ALTER TABLE app.users RENAME CONSTRAINT users_boss_fk TO users_chief_fk;
ALTER TABLE app.users ALTER years DROP DEFAULT, ALTER years SET DEFAULT 18, ALTER tags DROP DEFAULT;
ALTER TABLE app.users ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE app.users NO FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON app.users AS RESTRICTIVE FOR ALL TO PUBLIC USING (id = current_setting('app.user')::bigint) WITH CHECK (true);
CREATE POLICY of_order ON "Order" FOR UPDATE USING ("User" IN (SELECT id FROM app.users WHERE years > 3)) WITH CHECK ("select" BETWEEN 1 AND 3);
CREATE POLICY reading ON refs FOR SELECT USING (u > 0 AND o IN (1, 2));
ALTER POLICY reading ON refs USING (u > 1);
ALTER POLICY reading ON refs RENAME TO reading_refs;
CREATE VIEW app.adults WITH (security_barrier) AS SELECT *, years + 1 AS next_year FROM app.users WHERE years >= 18 WITH LOCAL CHECK OPTION;
CREATE OR REPLACE VIEW app.names (who, mail) AS SELECT u."Name", u.email FROM app.users u;
ALTER VIEW app.names RENAME COLUMN who TO whom;
CREATE RECURSIVE VIEW app.numbers (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM numbers WHERE n < 9;
CREATE MATERIALIZED VIEW app.daily AS SELECT date_trunc('day', at) AS "day", count(*) FROM app.events GROUP BY 1 WITH NO DATA;
CREATE UNIQUE INDEX daily_day ON app.daily ("day");
REFRESH MATERIALIZED VIEW app.daily;
CREATE OR REPLACE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $body$
BEGIN
  -- a comment; with a semicolon and a 'quote
  NEW.years := coalesce(NEW.years, 0);
  RETURN NEW;
END;
$body$;
CREATE FUNCTION app.add(a int, b int DEFAULT 1, VARIADIC c int[] DEFAULT '{}') RETURNS int LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT a + b';
CREATE FUNCTION app.plus(a int, b integer) RETURNS int IMMUTABLE RETURN a + b;
CREATE FUNCTION app.both(OUT x int, OUT y int) RETURNS SETOF record LANGUAGE sql BEGIN ATOMIC
  SELECT CASE WHEN true THEN 1 ELSE 2 END, 2;
  SELECT 3, 4;
END;
CREATE FUNCTION one(varchar(5), IN b timestamptz, INOUT c app.mood) LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION rows_of(text) RETURNS TABLE (a int, b text) STABLE LANGUAGE sql AS $$ SELECT 1, $1 $$;
CREATE FUNCTION single() RETURNS TABLE (a int) LANGUAGE sql AS $$ SELECT 1 $$;
CREATE FUNCTION users_of(u app.users) RETURNS SETOF app.users LANGUAGE sql AS $$ SELECT u.* $$;
CREATE FUNCTION any_of(anyelement) RETURNS anyelement LANGUAGE sql AS $$ SELECT $1 $$;
ALTER FUNCTION app.add(int, int, int[]) VOLATILE CALLED ON NULL INPUT SECURITY DEFINER;
ALTER FUNCTION rows_of(text) RENAME TO list_of;
CREATE PROCEDURE app.work(INOUT n int) LANGUAGE plpgsql AS 'BEGIN n := n + 1; END';
CALL app.work(1);
CREATE AGGREGATE app.total (numeric) (SFUNC = numeric_add, STYPE = numeric, INITCOND = '0');
CREATE OPERATOR app.=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq);
CREATE CAST (text AS app.mood) WITH INOUT AS ASSIGNMENT;
CREATE TRIGGER touch BEFORE INSERT OR UPDATE OF years, "Name" ON app.users FOR EACH ROW WHEN (NEW.years IS DISTINCT FROM 3) EXECUTE FUNCTION app.touch();
CREATE TRIGGER changed AFTER UPDATE ON app.users FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION app.touch('a', 'b');
CREATE TRIGGER changed_too AFTER UPDATE ON app.users FOR EACH ROW WHEN (OLD.email <> NEW.email) EXECUTE PROCEDURE app.touch();
CREATE TRIGGER statements AFTER INSERT ON app.users REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION app.touch();
CREATE TRIGGER truncated BEFORE TRUNCATE ON app.users EXECUTE FUNCTION app.touch();
CREATE TRIGGER into_view INSTEAD OF INSERT OR DELETE ON app.adults FOR EACH ROW EXECUTE FUNCTION app.touch();
CREATE CONSTRAINT TRIGGER late AFTER DELETE ON app.users DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE PROCEDURE app.touch();
ALTER TABLE app.users DISABLE TRIGGER touch;
ALTER TABLE app.users ENABLE ALWAYS TRIGGER late;
ALTER TABLE app.users DISABLE TRIGGER changed, ENABLE TRIGGER changed;
ALTER TRIGGER statements ON app.users RENAME TO "Statements";
CREATE RULE twice AS ON INSERT TO cache DO ALSO NOTIFY twice;
COMMENT ON SCHEMA app IS 'the application';
COMMENT ON TABLE app.users IS 'people';
COMMENT ON COLUMN app.users."Name" IS E'What people\ncall them; größer als 😀';
COMMENT ON CONSTRAINT users_chief_fk ON app.users IS 'the boss';
COMMENT ON INDEX app.users_name_ix IS 'by name';
COMMENT ON VIEW app.adults IS 'grown';
COMMENT ON MATERIALIZED VIEW app.daily IS 'per day';
COMMENT ON FUNCTION app.plus(int, int) IS 'adds';
COMMENT ON PROCEDURE app.work(int) IS 'works';
COMMENT ON TRIGGER touch ON app.users IS 'touches';
COMMENT ON POLICY own ON app.users IS 'own rows';
COMMENT ON TYPE app.mood IS 'how one is';
COMMENT ON DOMAIN app.email IS 'an address';
COMMENT ON SEQUENCE app.ids IS 'numbers';
COMMENT ON EXTENSION pgcrypto IS 'secrets';
COMMENT ON TABLE refs IS 'to go';
COMMENT ON TABLE refs IS NULL;
COMMENT ON COLUMN app.adults.years IS 'of age';
ALTER TABLE refs RENAME TO references_to;
ALTER TABLE references_to RENAME COLUMN u TO user_id;
ALTER INDEX idx_refs_u RENAME TO idx_references_user;
ALTER TABLE references_to RENAME s TO sel;
ALTER INDEX refs_pkey RENAME TO references_pk;
ALTER SEQUENCE counter RENAME TO count_of;
ALTER TYPE app.span RENAME TO stretch;
ALTER TABLE checks RENAME status TO phase;
CREATE UNIQUE INDEX made_a ON made (a);
ALTER TABLE made ADD CONSTRAINT made_pk PRIMARY KEY USING INDEX made_a;
ALTER TABLE made SET SCHEMA app;
ALTER TABLE made_too ALTER z SET NOT NULL, ALTER z ADD GENERATED BY DEFAULT AS IDENTITY, ADD UNIQUE (z);
ALTER TABLE made_too ALTER z DROP IDENTITY;
ALTER TABLE defaults ALTER COLUMN a TYPE text, ALTER b DROP DEFAULT, DROP COLUMN c, DROP COLUMN IF EXISTS nothing;
ALTER TABLE types ADD PRIMARY KEY (a), ADD CHECK (b > 0), ADD CONSTRAINT types_c UNIQUE (c);
ALTER TABLE types DROP CONSTRAINT types_pkey;
ALTER TABLE types ADD PRIMARY KEY (d);
ALTER TABLE types DROP COLUMN e, ADD COLUMN e uuid;
CREATE TABLE swap_new (id int PRIMARY KEY, v text);
CREATE TABLE swap (id int);
ALTER TABLE swap RENAME TO swap_old;
ALTER TABLE swap_new RENAME TO swap;
DROP TABLE swap_old;
CREATE TABLE gone (id int PRIMARY KEY, v text);
CREATE INDEX gone_v ON gone (v);
CREATE VIEW on_gone AS SELECT * FROM gone;
CREATE TABLE to_gone (g int REFERENCES gone);
DROP TABLE gone CASCADE;
DROP INDEX app.users_hash;
CREATE FUNCTION gone(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
DROP FUNCTION gone(int);
DROP TRIGGER IF EXISTS truncated ON app.users;
DROP SEQUENCE IF EXISTS nowhere;
SET search_path TO extra, public;
CREATE TABLE by_path (id int PRIMARY KEY, v text DEFAULT 'x');
CREATE INDEX by_path_v ON by_path (v);
CREATE FUNCTION by_path(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
COMMENT ON TABLE inside IS 'found by path';
ALTER TABLE by_path RENAME v TO w;
RESET search_path;
SELECT set_config('search_path', 'app, public', false);
CREATE TABLE by_config (m mood);
ALTER TABLE users ADD COLUMN nick text;
SET search_path TO DEFAULT;
DO $$
BEGIN
  CREATE TABLE in_do (id int PRIMARY KEY, v text);
  IF NOT EXISTS (SELECT FROM pg_type WHERE typname = 'mood') THEN
    CREATE TYPE mood AS ENUM ('other');
  END IF;
  BEGIN
    ALTER TABLE in_do ADD COLUMN v text;
  EXCEPTION WHEN duplicate_column THEN RAISE NOTICE 'there';
  END;
  BEGIN
    ALTER TABLE not_there ADD COLUMN v text;
  EXCEPTION WHEN undefined_table THEN NULL;
  END;
  EXECUTE 'CREATE TABLE in_execute (id int)';
  EXECUTE format('GRANT SELECT ON %I TO CURRENT_USER', 'in_do');
  IF true THEN
    DROP TABLE in_execute;
  END IF;
END $$;
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_class WHERE relname = 'in_do') THEN RETURN; END IF;
  CREATE TABLE never (id int);
END $$;
DO LANGUAGE plpgsql $$ DECLARE r record; BEGIN
  FOR r IN SELECT 'extra.by_path' AS t LOOP EXECUTE format('ALTER TABLE %s DROP COLUMN w', r.t); END LOOP;
END $$;
CREATE TABLE after_do (id int);
CREATE FUNCTION drop_it() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DROP TABLE after_do; END $$;
SELECT drop_it();
CREATE TABLE last_one (id int PRIMARY KEY, "user" text NOT NULL);
GRANT SELECT ON last_one TO PUBLIC;
ANALYZE last_one;
INSERT INTO last_one VALUES (1, 'x');
ALTER SCHEMA extra RENAME TO further;
CREATE TABLE further.t (id int);
DROP SCHEMA further CASCADE
