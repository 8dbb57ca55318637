"""make users

Revision ID: 1a2b00000001
Revises:
"""
from typing import Sequence, Union

from alembic import op

revision: str = "1a2b00000001"
down_revision: Union[str, None] = None
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    op.execute("CREATE TABLE users (id integer)")
