-- expect: drop-column:3, lock-timeout-missing:3, not-null-without-backfill:4
-- AlterTable
ALTER TABLE "User" DROP COLUMN "name",
ADD COLUMN     "fullName" TEXT NOT NULL;
