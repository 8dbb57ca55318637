"""invoices"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade():
    op.create_table("invoices", sa.Column("id", sa.Integer, primary_key=True))
    op.create_index("idx_customers_name", "customers", ["name"], unique=True)


def downgrade():
    op.drop_table("invoices")
