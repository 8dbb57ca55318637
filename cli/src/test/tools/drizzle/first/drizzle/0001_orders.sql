CREATE TABLE "orders" (
  "id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  "customer_id" bigint NOT NULL REFERENCES "customers" ("id"),
  "placed_at" timestamp with time zone DEFAULT now() NOT NULL,
  "total" numeric(10, 2) NOT NULL
);
--> statement-breakpoint
CREATE INDEX "idx_orders_customer_id" ON "orders" USING btree ("customer_id");
