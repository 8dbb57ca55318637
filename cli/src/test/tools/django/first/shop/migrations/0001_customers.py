from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            "Customer",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("email", models.TextField()),
                ("name", models.TextField(null=True)),
            ],
            {"db_table": "customers"},
        ),
    ]
