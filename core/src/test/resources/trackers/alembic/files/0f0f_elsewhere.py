"""a branch of its own"""
revision = "0f0f00000000"
down_revision = None
