CREATE EXTENSION IF NOT EXISTS "vector";
CREATE TABLE "Embedding" (
    "id" BIGSERIAL PRIMARY KEY,
    "postId" INTEGER NOT NULL,
    "embedding" vector(1536),
    "meta" JSONB NOT NULL DEFAULT '{}'
);
CREATE INDEX ON "Embedding" USING hnsw ("embedding" vector_cosine_ops) WITH (m = 16, ef_construction = 64);
SELECT "id" FROM "Embedding" ORDER BY "embedding" <=> '[1,2,3]' LIMIT 5;
