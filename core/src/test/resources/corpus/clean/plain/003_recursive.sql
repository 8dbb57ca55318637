CREATE TABLE category (
    id bigint PRIMARY KEY,
    parent_id bigint REFERENCES category (id),
    name text NOT NULL
);
CREATE RECURSIVE VIEW category_path (id, path) AS
    SELECT id, name FROM category WHERE parent_id IS NULL
    UNION ALL
    SELECT c.id, p.path || ' / ' || c.name FROM category c JOIN category_path p ON p.id = c.parent_id;

WITH RECURSIVE tree AS (
    SELECT id, 1 AS depth FROM category WHERE parent_id IS NULL
    UNION ALL
    SELECT c.id, depth + 1 FROM category c JOIN tree ON c.parent_id = tree.id
) SEARCH DEPTH FIRST BY id SET ordering CYCLE id SET is_cycle USING path
SELECT max(depth) FROM tree WHERE NOT is_cycle;
