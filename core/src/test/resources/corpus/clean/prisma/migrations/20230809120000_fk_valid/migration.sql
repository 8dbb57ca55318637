ALTER TABLE "Embedding" VALIDATE CONSTRAINT "Embedding_postId_fkey";
