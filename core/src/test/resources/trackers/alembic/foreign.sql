CREATE TABLE alembic_version (version_num text, author text);
