SET lock_timeout = '2s';
ALTER TABLE "Embedding" ADD CONSTRAINT "Embedding_postId_fkey" FOREIGN KEY ("postId") REFERENCES "Post"("id") ON DELETE CASCADE ON UPDATE CASCADE NOT VALID;
