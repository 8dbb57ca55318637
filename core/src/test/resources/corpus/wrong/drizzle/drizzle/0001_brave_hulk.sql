-- expect: lock-timeout-missing:2, volatile-default:2, foreign-key-without-not-valid:3
ALTER TABLE "pages" ADD COLUMN "token" uuid DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
ALTER TABLE "pages" ADD CONSTRAINT "pages_owner_fk" FOREIGN KEY ("owner_id") REFERENCES "owners"("id") ON DELETE cascade;
