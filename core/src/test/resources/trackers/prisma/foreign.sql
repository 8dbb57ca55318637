CREATE TABLE _prisma_migrations (id text, checksum text, name text);
