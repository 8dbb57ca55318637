INSERT INTO alembic_version (version_num) VALUES ('7d0a11c3e0f2');
INSERT INTO alembic_version (version_num) VALUES ('gone00000001');
