CREATE TABLE users (id integer);
--> statement-breakpoint
CREATE INDEX i ON users (id);
