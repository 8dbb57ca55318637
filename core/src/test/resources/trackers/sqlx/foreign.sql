CREATE TABLE _sqlx_migrations (version integer, description text);
