CREATE TABLE "secrets" ("id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL, "owner" text);
--> statement-breakpoint
ALTER TABLE "secrets" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "own" ON "secrets" AS PERMISSIVE FOR ALL TO public USING ("secrets"."owner" = current_user);
