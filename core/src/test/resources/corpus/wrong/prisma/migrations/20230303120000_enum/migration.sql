-- expect: rename-table:5, type-change-rewrites:4
BEGIN;
SET lock_timeout = '2s';
ALTER TABLE "User" ALTER COLUMN "role" TYPE "Role_new" USING ("role"::text::"Role_new");
ALTER TABLE "UserRole" RENAME TO "UserRole_old";
COMMIT;
