"""placed at"""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade():
    op.create_index("idx_orders_placed_at", "orders", ["placed_at"], if_not_exists=True)


def downgrade():
    op.drop_index("idx_orders_placed_at")
