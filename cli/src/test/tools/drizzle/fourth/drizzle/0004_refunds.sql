CREATE TABLE "refunds" ("id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY);
--> statement-breakpoint
CREATE UNIQUE INDEX "idx_customers_name" ON "customers" USING btree ("name");
