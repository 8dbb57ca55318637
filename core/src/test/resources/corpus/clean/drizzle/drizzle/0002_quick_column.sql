SET lock_timeout = '2s';--> statement-breakpoint
ALTER TABLE "owners" ADD COLUMN "email" varchar;--> statement-breakpoint
ALTER TABLE "owners" ALTER COLUMN "name" SET DEFAULT 'nobody';
