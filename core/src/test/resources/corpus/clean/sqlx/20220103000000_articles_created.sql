-- no-transaction
CREATE INDEX CONCURRENTLY articles_slug_pattern ON articles (slug text_pattern_ops);
