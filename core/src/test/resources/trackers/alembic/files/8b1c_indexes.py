"""indexes"""
revision = "8b1c00000004"
down_revision = "7d0a11c3e0f2"
