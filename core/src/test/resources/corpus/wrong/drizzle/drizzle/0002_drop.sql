-- expect: drop-table:2, lock-timeout-missing:2, drop-without-if-exists:2
DROP TABLE "sessions" CASCADE
--> statement-breakpoint
CREATE TABLE "logins" ("id" serial PRIMARY KEY)
