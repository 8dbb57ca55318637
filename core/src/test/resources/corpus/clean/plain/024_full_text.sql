CREATE TEXT SEARCH CONFIGURATION english_plain (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION english_plain ALTER MAPPING FOR hword, word WITH simple;
SELECT ts_rank_cd(to_tsvector('english_plain', 'the fat cat'), websearch_to_tsquery('"fat cat" -dog'));
