CREATE TABLE "__EFMigrationsHistory" ("MigrationId" text, "Version" text);
