from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("referrals", "0002_the_road_of_a_dispute"),
    ]

    operations = [
        AddIndexConcurrently(model_name="referral", index=models.Index(fields=["served_at"], name="referral_served")),
    ]
