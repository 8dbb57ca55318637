-- A diary with goals and points. The old code adds points to a daily total; the new code also
-- writes an entry to a ledger, points_log. SQLite 3.39 or newer.

CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  email VARCHAR(120) NOT NULL UNIQUE
);

CREATE TABLE diary_entry (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users (id),
  entry_date DATE NOT NULL,
  rating INTEGER NOT NULL,
  content TEXT NOT NULL
);

CREATE TABLE goals (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users (id),
  title VARCHAR(200) NOT NULL,
  week_start DATE NOT NULL,
  week_end DATE NOT NULL,
  status VARCHAR(20) NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'completed', 'failed'))
);

CREATE TABLE daily_stats (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users (id),
  date DATE NOT NULL,
  points INTEGER NOT NULL DEFAULT 0,
  created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (user_id, date)
);

CREATE TABLE points_log (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users (id),
  date DATE NOT NULL,
  points INTEGER NOT NULL,
  source_type VARCHAR(20) NOT NULL CHECK (source_type IN ('diary_entry', 'goal', 'login')),
  source_id INTEGER,
  description VARCHAR(200) NOT NULL,
  created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX idx_points_log_user_date ON points_log (user_id, date);
CREATE INDEX idx_points_log_source ON points_log (source_type, source_id);

CREATE TABLE alembic_version (
  version_num VARCHAR(32) NOT NULL PRIMARY KEY
);
