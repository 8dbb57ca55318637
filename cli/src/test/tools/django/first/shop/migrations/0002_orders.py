from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_customers")]
    operations = [
        migrations.CreateModel(
            "Order",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("customer", models.ForeignKey("shop.Customer", models.CASCADE, db_index=False)),
                ("placed_at", models.DateTimeField()),
                ("total", models.DecimalField(max_digits=10, decimal_places=2)),
            ],
            {"db_table": "orders"},
        ),
        migrations.AddIndex("Order", models.Index(fields=["customer"], name="idx_orders_customer_id")),
    ]
