CREATE TABLE "links" ("page" integer NOT NULL, "url" text NOT NULL);
--> statement-breakpoint
DO $$ BEGIN
 ALTER TABLE "links" ADD CONSTRAINT "links_page_pages_id_fk" FOREIGN KEY ("page") REFERENCES "pages"("id") ON DELETE no action ON UPDATE no action;
EXCEPTION
 WHEN duplicate_object THEN null;
END $$;
