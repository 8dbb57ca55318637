"""orders"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("customer_id", sa.Integer, sa.ForeignKey("customers.id"), nullable=False),
        sa.Column("placed_at", sa.DateTime, nullable=False, server_default=sa.func.now()),
        sa.Column("total", sa.Numeric(10, 2), nullable=False),
    )
    op.create_index("idx_orders_customer_id", "orders", ["customer_id"])


def downgrade():
    op.drop_table("orders")
