"""drop what the new indexes cover

Revision ID: 9b40e7d6c215
Revises: 5d2f8c1a9e37
"""

from alembic import op

revision = "9b40e7d6c215"
down_revision = "5d2f8c1a9e37"
branch_labels = None
depends_on = None

# Made by hand on the first server, years ago; no other database ever had them.
OLD = [
    ("ix_diary_entry_user", "diary_entry"),
    ("ix_daily_stats_user", "daily_stats"),
    ("ix_goals_user", "goals"),
]


def upgrade():
    for name, table in OLD:
        op.drop_index(name, table)


def downgrade():
    for name, table in OLD:
        op.create_index(name, table, ["user_id"])
