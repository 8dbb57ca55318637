"""performance indexes

Revision ID: 5d2f8c1a9e37
Revises: c81e5d0f4a12
"""

from alembic import op

revision = "5d2f8c1a9e37"
down_revision = "c81e5d0f4a12"
branch_labels = None
depends_on = None

INDEXES = [
    ("idx_diary_entry_user_id", "diary_entry", ["user_id"]),
    ("idx_diary_entry_entry_date", "diary_entry", ["entry_date"]),
    ("idx_diary_entry_user_date", "diary_entry", ["user_id", "entry_date"]),
    ("idx_diary_entry_rating", "diary_entry", ["rating"]),
    ("idx_daily_stats_user_id", "daily_stats", ["user_id"]),
    ("idx_daily_stats_date", "daily_stats", ["date"]),
    ("idx_daily_stats_user_date", "daily_stats", ["user_id", "date"]),
    ("idx_goals_user_id", "goals", ["user_id"]),
    ("idx_goals_week_start", "goals", ["week_start"]),
    ("idx_goals_week_end", "goals", ["week_end"]),
    ("idx_goals_user_status", "goals", ["user_id", "status"]),
]


def upgrade():
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns)


def downgrade():
    for name, table, _ in INDEXES:
        op.drop_index(name, table)
