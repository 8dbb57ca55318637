CREATE VIEW "public"."live_pages" AS (select "id", "title" from "pages" where "pages"."status" = 'live');--> statement-breakpoint
CREATE MATERIALIZED VIEW "public"."owner_counts" AS (select "owner_id", count(*)::int as "pages" from "pages" group by "pages"."owner_id") WITH NO DATA;
