"""right branch"""
revision = "3e4f00000003"
down_revision = "1a2b"
depends_on = ["0f0f00000000"]
