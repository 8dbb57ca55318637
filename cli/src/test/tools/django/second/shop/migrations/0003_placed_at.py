from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("shop", "0002_orders")]
    operations = [
        migrations.RunSQL("CREATE INDEX IF NOT EXISTS idx_orders_placed_at ON orders (placed_at)"),
    ]
