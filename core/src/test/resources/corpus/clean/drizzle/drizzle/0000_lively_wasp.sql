CREATE TYPE "public"."status" AS ENUM('draft', 'live');--> statement-breakpoint
CREATE TABLE "pages" (
	"id" serial PRIMARY KEY NOT NULL,
	"title" varchar(256) NOT NULL,
	"status" "status" DEFAULT 'draft' NOT NULL,
	"owner_id" integer NOT NULL,
	"data" jsonb DEFAULT '{}'::jsonb,
	CONSTRAINT "pages_title_unique" UNIQUE("title")
);
--> statement-breakpoint
CREATE TABLE "owners" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "owners_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"name" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "pages" ADD CONSTRAINT "pages_owner_id_owners_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."owners"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "title_idx" ON "pages" USING btree ("title" text_pattern_ops);
