"""Reports on record: no for the treaties that are known by a list of their States parties alone."""

from typing import Any

from django.db import migrations, models


def known_by_a_list(apps: Any, _schema: Any) -> None:
    """Alert nobody to what is owed under these."""
    treaties = apps.get_model("reporting", "Treaty").objects
    treaties.filter(data_as_at__isnull=False).update(reports_on_record=False)


class Migration(migrations.Migration):

    dependencies = [
        ('reporting', '0019_lists_on_record'),
    ]

    operations = [
        migrations.AddField(
            model_name='treaty',
            name='reports_on_record',
            field=models.BooleanField(db_default=True, default=True, verbose_name='what its States parties have sent is on record'),
        ),
        migrations.RunPython(known_by_a_list, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='reminder',
            name='reason',
            field=models.CharField(blank=True, choices=[('overtaken', 'overtaken by a later alert'), ('muted', 'held back by a mute'), ('ended', 'the duty was met or ended'), ('moved', 'the due date moved'), ('reversed', 'what it was to tell was taken back'), ('not told', 'the reader is not told any more'), ('waiting', 'the mail server asked to wait'), ('unreachable', 'the mail server could not be reached'), ('address', 'the mail server refused the address'), ('rejected', 'the mail server refused the mail'), ('no record', 'the reports under the treaty are not on record'), ('given up', 'the mail server asked to wait for too long'), ('broken', 'the mail could not be written'), ('lost', 'its sender was lost twice; it may have gone out'), ('restored', 'held back after a restore; it may have gone out since the backup')], max_length=20, verbose_name='reason'),
        ),
    ]
