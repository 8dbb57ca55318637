-- Objects that are changed, renamed, moved and dropped again: no claim may outlive what it is about.
CREATE TABLE "camelCase" ("Id" serial PRIMARY KEY,
    "createdAt" timestamp(3) without time zone NOT NULL DEFAULT CURRENT_TIMESTAMP, "price" decimal(65,30),
    "status" text COLLATE "C" NOT NULL DEFAULT 'A');
CREATE UNIQUE INDEX "camelCase_createdAt_key" ON "camelCase"("createdAt" DESC, "Id");
ALTER TABLE "camelCase" ALTER COLUMN "status" SET DATA TYPE varchar(20), ALTER COLUMN "status" SET DEFAULT 'B';
ALTER TABLE "camelCase" ALTER COLUMN "status" DROP DEFAULT,
    ALTER COLUMN "status" SET DATA TYPE varchar(30) USING "status"::varchar, ALTER COLUMN "status" SET DEFAULT 'C';
CREATE TYPE "Role_new" AS ENUM ('USER', 'ADMIN');
CREATE TYPE "Role" AS ENUM ('USER');
CREATE TABLE account (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), role "Role" NOT NULL DEFAULT 'USER',
    roles "Role"[] DEFAULT ARRAY['USER']::"Role"[]);
ALTER TABLE account ALTER COLUMN role DROP DEFAULT, ALTER roles DROP DEFAULT;
ALTER TABLE account ALTER COLUMN role TYPE "Role_new" USING (role::text::"Role_new"),
    ALTER roles TYPE "Role_new"[] USING roles::text::"Role_new"[];
ALTER TYPE "Role" RENAME TO "Role_old";
ALTER TYPE "Role_new" RENAME TO "Role";
DROP TYPE "Role_old";
ALTER TABLE account ALTER COLUMN role SET DEFAULT 'USER';
CREATE TABLE tree (id int PRIMARY KEY, path text, parent int REFERENCES tree (id) DEFERRABLE,
    CONSTRAINT no_self CHECK (parent <> id));
ALTER TABLE tree RENAME COLUMN id TO tree_id;
ALTER TABLE tree RENAME TO trees;
ALTER TABLE trees RENAME CONSTRAINT no_self TO not_self;
ALTER TABLE trees DROP CONSTRAINT tree_parent_fkey;
ALTER TABLE trees ADD FOREIGN KEY (parent) REFERENCES trees;
ALTER TABLE trees DROP CONSTRAINT trees_parent_fkey,
    ADD CONSTRAINT trees_parent_fkey FOREIGN KEY (parent) REFERENCES trees (tree_id) ON DELETE CASCADE;
CREATE TABLE inline (a int CONSTRAINT pos CHECK (a > 0) NOT NULL CONSTRAINT uniq UNIQUE DEFERRABLE INITIALLY DEFERRED, b int NULL, c int DEFAULT 1 CHECK (c > 0) REFERENCES trees ON UPDATE RESTRICT DEFERRABLE INITIALLY DEFERRED);
DROP INDEX IF EXISTS nope;
ALTER TABLE inline DROP CONSTRAINT uniq;
CREATE UNIQUE INDEX uniq ON inline (a, c);
DROP INDEX uniq;
ALTER TABLE inline ADD CONSTRAINT uniq UNIQUE (a, c);
ALTER TABLE inline DROP COLUMN c;
CREATE TABLE multi (a int, b int, c int, CHECK (a < b), UNIQUE (b, c));
CREATE INDEX multi_ab ON multi (a) WHERE b > 1;
CREATE INDEX multi_inc ON multi (a) INCLUDE (c);
ALTER TABLE multi DROP COLUMN b;
ALTER TABLE multi DROP COLUMN c CASCADE;
CREATE VIEW v1 AS SELECT a FROM multi;
CREATE VIEW v2 AS SELECT a AS aa FROM v1;
ALTER TABLE multi RENAME a TO z;
DROP VIEW v1 CASCADE;
CREATE TABLE own (id int);
CREATE SEQUENCE own_seq OWNED BY own.id;
ALTER TABLE own ALTER id SET DEFAULT nextval('own_seq');
DROP TABLE own;
CREATE SCHEMA s1; 
CREATE SCHEMA s2;
CREATE TABLE s1.t (id int PRIMARY KEY, v int);
CREATE TABLE s2.t (id bigint PRIMARY KEY, w text);
CREATE TABLE t (id smallint PRIMARY KEY, x date);
CREATE INDEX t_x ON t (x);
CREATE INDEX t_v ON s1.t (v);
ALTER TABLE s1.t RENAME TO u;
SET search_path = s2, s1;
CREATE TABLE fresh (id int);
ALTER TABLE u ADD COLUMN y int;
CREATE INDEX u_y ON u (y);
DROP TABLE t;
ALTER TABLE u RENAME COLUMN y TO yy;
SET search_path = DEFAULT;
DROP INDEX s1.u_y;
CREATE TABLE p (id int, k text) PARTITION BY LIST (k);
CREATE TABLE p_a (id int, k text NOT NULL, CONSTRAINT kk CHECK (k IN ('a')));
ALTER TABLE p ATTACH PARTITION p_a FOR VALUES IN ('a');
ALTER TABLE p ADD PRIMARY KEY (id, k);
ALTER TABLE p ALTER id TYPE bigint;
ALTER TABLE p RENAME id TO pid;
CREATE INDEX ON p (pid);
ALTER TABLE p ADD COLUMN extra int DEFAULT 3;
ALTER TABLE p DROP COLUMN extra;
DROP TABLE p;
CREATE TABLE base (id int, note text);
CREATE TABLE derived (more int) INHERITS (base);
ALTER TABLE base ADD CONSTRAINT note_ck CHECK (note <> '');
ALTER TABLE base DROP COLUMN note;
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS $$ SELECT a $$;
CREATE OR REPLACE FUNCTION f(a int, b text DEFAULT 'x') RETURNS int LANGUAGE sql AS $$ SELECT a + 1 $$;
DROP FUNCTION f(int);
CREATE OR REPLACE FUNCTION f(a int, b text DEFAULT 'y') RETURNS int LANGUAGE sql STABLE AS $$ SELECT a + 2 $$;
ALTER FUNCTION f SET SCHEMA s1;
CREATE FUNCTION trg() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER a_trg BEFORE INSERT ON base FOR EACH ROW EXECUTE FUNCTION trg();
CREATE OR REPLACE TRIGGER a_trg BEFORE UPDATE ON base FOR EACH ROW EXECUTE FUNCTION trg();
ALTER FUNCTION trg() RENAME TO trg2;
ALTER TABLE base RENAME id TO ident;
DROP FUNCTION trg2() CASCADE;
CREATE TABLE sec (id int, owner text);
CREATE POLICY pp ON sec USING (owner = current_user);
CREATE POLICY qq ON sec FOR INSERT WITH CHECK (owner = current_user AND id IN (SELECT ident FROM base));
ALTER TABLE sec RENAME owner TO holder;
DROP POLICY pp ON sec;
CREATE POLICY pp ON sec TO current_user USING (holder = (SELECT current_setting('a.b',
    true)) OR EXISTS (SELECT 1 FROM base b WHERE b.ident = sec.id));
CREATE DOMAIN dd AS int;
CREATE TABLE usesd (d dd, e dd[]);
ALTER DOMAIN dd RENAME TO dd2;
DROP DOMAIN dd2 CASCADE;
CREATE TABLE gen (a int, b int GENERATED ALWAYS AS (a * 2) STORED,
    c text GENERATED ALWAYS AS (CASE WHEN a IS NULL THEN 'n' ELSE a::text END) STORED);
ALTER TABLE gen ALTER b DROP EXPRESSION;
ALTER TABLE gen RENAME a TO aa;
ALTER TABLE gen ADD COLUMN d int GENERATED BY DEFAULT AS IDENTITY (START WITH 10);
ALTER TABLE gen ALTER d SET GENERATED ALWAYS;
CREATE TABLE f1 (a int PRIMARY KEY, b int UNIQUE);
CREATE TABLE f2 (a int REFERENCES f1, b int REFERENCES f1 (b));
ALTER TABLE f1 RENAME b TO bb;
ALTER TABLE f1 RENAME TO f1_new;
ALTER TABLE f1_new DROP CONSTRAINT f1_pkey CASCADE;
ALTER TABLE f1_new ADD CONSTRAINT f1_pkey PRIMARY KEY (a);
CREATE TABLE ex (room int, during tsrange, EXCLUDE USING gist (during WITH &&));
ALTER TABLE ex DROP CONSTRAINT ex_during_excl;
CREATE INDEX ix_expr ON ex ((room + 1) DESC, (room IS NULL), ((during IS NOT NULL)));
CREATE INDEX ix_where ON ex (room) WHERE (room > 0) IS TRUE AND room = ANY (ARRAY[1,2]) AND room <> ALL ('{3,4}') AND NOT (room = 5);
CREATE INDEX ix_case ON account ((CASE WHEN role = 'USER' THEN 1 WHEN role = 'ADMIN' THEN 2 ELSE 3 END));
CREATE TABLE dt (a timestamptz CHECK (a > '2020-01-01'), b interval CHECK (b < interval '1 hour'),
    c time DEFAULT '10:00', d date DEFAULT 'today', e date DEFAULT CURRENT_DATE, f timestamp DEFAULT LOCALTIMESTAMP,
    g timestamptz DEFAULT now() + interval '1 day', h timestamptz DEFAULT timezone('utc', now()),
    i timestamptz DEFAULT clock_timestamp(), j text DEFAULT to_char(now(), 'YYYY'),
    k int DEFAULT extract(year from now()), l bigint DEFAULT (extract(epoch from now()) * 1000)::bigint,
    m inet DEFAULT '127.0.0.1', n uuid DEFAULT '00000000-0000-0000-0000-000000000000', o point DEFAULT '(0,0)',
    p text[] DEFAULT ARRAY[]::text[], q jsonb DEFAULT '[]', r varchar DEFAULT 'a'::text, s char DEFAULT 'Y',
    u numeric(10,0) DEFAULT 0.00, w int4range DEFAULT '[1,5]', x bytea DEFAULT '\x00',
    y smallint DEFAULT '1'::smallint, z bool DEFAULT 'yes');
CREATE TABLE cc (n int, s text, CHECK (s = 'a' OR s = 'b' AND n > 1), CHECK ((s IS NULL) = (n IS NULL)),
    CHECK (s ~ '^\d+$'), CHECK (n % 2 = 0 AND -n < +5 AND n ^ 2 > 1 AND @ n > 0), CHECK (s || n > 'x'),
    CHECK (s::varchar(3) = s), CHECK (n::numeric / 3 > 0.1), CHECK (n > ALL (ARRAY[1,2])), CHECK (s NOT IN ('x')),
    CHECK (s IN ('a', NULL)), CHECK (s BETWEEN SYMMETRIC 'a' AND 'b'), CHECK ((n, s) = (1, 'a')),
    CHECK (s LIKE 'a\%' ESCAPE '\'), CHECK (upper(s) = s AND (s = lower(s)) IS UNKNOWN), CHECK (date_part('year',
    now()) > 1), CHECK (pg_catalog.length(s) > 0), CHECK (n OPERATOR(pg_catalog.>) 0), CHECK (int4(n) > 0),
    CHECK (bool(n)), CHECK (n NOTNULL), CHECK (n ISNULL), CHECK (concat_ws(',', s, n) <> ''), CHECK (format('%s',
    VARIADIC ARRAY[s]) <> ''), CHECK (regexp_replace(s, 'a', 'b', 'g') = s), CHECK (normalize(s) = s),
    CHECK (s IS NORMALIZED));
CREATE TABLE nm (n int, s text, CONSTRAINT c1 CHECK (s = 'a' OR s = 'b' AND n > 1),
    CONSTRAINT c2 CHECK (n % 2 = 0 AND -n < +5 AND n ^ 2 > 1 AND @ n > 0),
    CONSTRAINT c3 CHECK (n::numeric / 3 > 0.1), CONSTRAINT c4 CHECK (n > ALL (ARRAY[1,2])),
    CONSTRAINT c5 CHECK (s IN ('a', NULL)), CONSTRAINT c6 CHECK ((n, s) = (1, 'a')),
    CONSTRAINT c7 CHECK (s LIKE 'a\%' ESCAPE '\'), CONSTRAINT c8 CHECK (date_part('year', now()) > 1),
    CONSTRAINT c9 CHECK (n OPERATOR(pg_catalog.>) 0), CONSTRAINT c10 CHECK (int4(n) > 0),
    CONSTRAINT c11 CHECK (concat_ws(',', s, n) <> ''), CONSTRAINT c12 CHECK (n > 1.0 AND n < 1e3 AND n <> '5'),
    CONSTRAINT c13 CHECK (s <> 5::text), CONSTRAINT c14 CHECK (nm.s <> '' AND nm.* IS NOT NULL),
    CONSTRAINT c15 CHECK (float8(n) > 0.10 AND n::float8 < 0.1234567890123456789),
    CONSTRAINT c16 CHECK (s::date > '2020-1-1' AND s > 'a'::varchar),
    CONSTRAINT c17 CHECK (n > -1 AND n > - 2 AND n > -(-3)), CONSTRAINT c18 CHECK (s ILIKE ANY (ARRAY['a','b'])),
    CONSTRAINT c19 CHECK (ltrim(s) = trim(leading from s) AND rtrim(s) = trim(trailing 'x' from s)));
CREATE SCHEMA wow AUTHORIZATION CURRENT_USER;
COMMENT ON COLUMN nm.n IS 'a';
ALTER TABLE nm RENAME n TO m;
ALTER TABLE nm SET SCHEMA wow;
ALTER TABLE wow.nm DROP CONSTRAINT c14;
DROP SCHEMA wow CASCADE;
CREATE TABLE alltrig (id int);
CREATE FUNCTION tg() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER tg BEFORE INSERT OR UPDATE OR DELETE ON alltrig FOR EACH ROW EXECUTE PROCEDURE tg();
ALTER TABLE alltrig DISABLE TRIGGER USER;
UPDATE alltrig SET id = 1;
ALTER TABLE alltrig ENABLE TRIGGER USER;
ALTER TABLE alltrig DISABLE TRIGGER tg;
ALTER TABLE alltrig ENABLE TRIGGER ALL;
CREATE TABLE "a.b" ("c.d" int, "e""f" text);
CREATE INDEX "i.j" ON "a.b" ("c.d", "e""f");
COMMENT ON COLUMN "a.b"."e""f" IS 'it''s';
CREATE TABLE idx_t (a int, b int);
CREATE INDEX idx_t_a ON idx_t (a);
ALTER TABLE idx_t_a RENAME TO idx_t_aa;
CREATE TABLE ren (a int);
ALTER TABLE ren RENAME a TO tmp;
ALTER TABLE ren ADD COLUMN a text;
UPDATE ren SET a = tmp::text;
ALTER TABLE ren DROP COLUMN tmp;
ALTER TABLE ren RENAME a TO b;
ALTER TABLE ren RENAME b TO a;
CREATE TABLE cyc1 (a int); 
CREATE TABLE cyc2 (b int);
ALTER TABLE cyc1 RENAME TO cyc_tmp;
ALTER TABLE cyc2 RENAME TO cyc1;
ALTER TABLE cyc_tmp RENAME TO cyc2;
CREATE MATERIALIZED VIEW mv AS SELECT 1 AS a, 2 AS b;
CREATE INDEX mv_a ON mv (a);
ALTER MATERIALIZED VIEW mv RENAME TO mv2;
ALTER MATERIALIZED VIEW mv2 RENAME COLUMN a TO aa;
DROP MATERIALIZED VIEW mv2;
CREATE TABLE part_ix (id int, at date) PARTITION BY RANGE (at);
CREATE TABLE part_ix_1 PARTITION OF part_ix FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE INDEX pi ON ONLY part_ix (id);
CREATE INDEX pi_1 ON part_ix_1 (id);
ALTER INDEX pi ATTACH PARTITION pi_1;
CREATE UNIQUE INDEX pu ON part_ix (id, at);
ALTER TABLE part_ix RENAME TO part_iy;
DROP TABLE part_iy;
CREATE EXTENSION citext;
CREATE TABLE ci (e citext UNIQUE CHECK (e <> ''), h text);
CREATE INDEX ci_e ON ci (lower(e), h) WHERE e = 'a';
ALTER EXTENSION citext SET SCHEMA s1;
DROP EXTENSION citext CASCADE;
DROP TABLE IF EXISTS ci, cyc1, nothing_here;
DROP SCHEMA s1, s2 CASCADE
