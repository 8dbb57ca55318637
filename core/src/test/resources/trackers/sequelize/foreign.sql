CREATE TABLE "SequelizeMeta" (name text, other text);
