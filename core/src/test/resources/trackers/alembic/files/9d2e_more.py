"""more"""
revision = "9d2e00000005"
down_revision = "8b1c00000004"
