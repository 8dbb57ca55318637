"""merge left and right"""
revision = "7d0a11c3e0f2"
down_revision = (
    "2c3d00000002",
    "3e4f00000003",
)
