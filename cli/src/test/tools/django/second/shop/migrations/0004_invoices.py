from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("shop", "0003_placed_at")]
    operations = [
        migrations.CreateModel(
            "Invoice", [("id", models.BigAutoField(primary_key=True))], {"db_table": "invoices"}
        ),
        migrations.RunSQL("CREATE UNIQUE INDEX idx_customers_name ON customers (name)"),
    ]
