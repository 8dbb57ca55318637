CREATE TABLE "Weird ""Name""; DROP" ("select" int PRIMARY KEY, "ÄÖ" text, "a.b" text DEFAULT $q$it's; $$ fine $$$q$);
INSERT INTO "Weird ""Name""; DROP" VALUES (1, E'a\\;b', 'it''s'
  ' continued');
SELECT /* a; comment /* nested; */ */ "select" -- and; more
FROM "Weird ""Name""; DROP" WHERE "ÄÖ" LIKE '%\_%' ESCAPE '\';
