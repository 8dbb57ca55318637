from django.db import migrations


class Migration(migrations.Migration):
    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0002_two"),
    ]
    dependencies = [
    ]

    operations = []
