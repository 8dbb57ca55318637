CREATE INDEX IF NOT EXISTS "idx_orders_placed_at" ON "orders" USING btree ("placed_at");
--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_total_check" CHECK ("total" >= 0);
