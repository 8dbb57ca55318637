from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("shop", "0002_email"),
        ("accounts", "0002_two"),
    ]

    operations = []
