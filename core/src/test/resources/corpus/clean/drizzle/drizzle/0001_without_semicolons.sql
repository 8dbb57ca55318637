CREATE TABLE "sessions" ("token" text PRIMARY KEY, "seen_at" timestamp with time zone)
--> statement-breakpoint
CREATE INDEX "sessions_seen" ON "sessions" ("seen_at" DESC NULLS LAST)
--> statement-breakpoint
COMMENT ON TABLE "sessions" IS 'signed in'
