CREATE TABLE "customers" (
  "id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  "email" text NOT NULL,
  "name" text
);
