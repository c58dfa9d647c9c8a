from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reporting", "0036_events_under_protocols")]

    operations = [
        migrations.AlterField(
            model_name="webhookdelivery",
            name="trouble",
            field=models.CharField(
                blank=True,
                choices=[
                    ("refused", "the address is not on the public network, or not allowed"),
                    ("unknown", "the name of the host was not found"),
                    ("unreachable", "the connection could not be made, or broke off"),
                    ("unsafe", "the certificate of the host does not hold"),
                    ("silent", "there was no answer in time"),
                    ("redirect", "it answered with another address, which is not followed"),
                    ("code", "it answered that it did not take it"),
                    ("gone", "it answered that it is gone for good"),
                    ("broken", "what it answered could not be read"),
                    ("lost", "the sender was lost twice; it may have gone out"),
                    ("hidden", "you may not see it any more; it was not sent"),
                ],
                max_length=20,
                verbose_name="reason",
            ),
        )
    ]
