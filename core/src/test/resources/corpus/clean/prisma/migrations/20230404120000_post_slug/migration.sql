-- Waits no longer than this for its locks.
SET lock_timeout = '2s';

-- AlterTable
ALTER TABLE "Post" ADD COLUMN     "slug" TEXT,
ADD COLUMN     "views" INTEGER NOT NULL DEFAULT 0;
