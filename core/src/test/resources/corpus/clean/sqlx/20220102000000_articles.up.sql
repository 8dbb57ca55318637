CREATE TABLE articles (
    article_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    slug       text UNIQUE NOT NULL,
    tag_list   text[] NOT NULL,
    CHECK (cardinality(tag_list) <= 10)
);
CREATE INDEX articles_tags ON articles USING gin (tag_list);
