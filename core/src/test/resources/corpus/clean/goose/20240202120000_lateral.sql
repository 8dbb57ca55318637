-- +goose Up
CREATE VIEW latest_posts AS
SELECT u.id, p.id AS post_id, p.tags[1:2] AS first_tags
FROM users u
CROSS JOIN LATERAL (
    SELECT * FROM posts WHERE posts.author = u.id ORDER BY posts.id DESC LIMIT 3
) p;
-- +goose Down
DROP VIEW latest_posts;
