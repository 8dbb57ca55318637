from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter"),
        ("accounts", "__first__"),
    ]

    operations = []
