from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_squashed_0002_two"),
    ]

    operations = []
