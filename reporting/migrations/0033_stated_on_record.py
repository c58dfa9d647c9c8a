import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reporting', '0032_what_becomes_of_obligations'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalstateparty',
            name='on_record_as_at',
            field=models.DateField(blank=True, null=True, verbose_name='what it has sent is on record as at'),
        ),
        migrations.AddField(
            model_name='historicalstateparty',
            name='on_record_stated_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='stated at'),
        ),
        migrations.AddField(
            model_name='historicalstateparty',
            name='on_record_stated_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='stated by'),
        ),
        migrations.AddField(
            model_name='stateparty',
            name='on_record_as_at',
            field=models.DateField(blank=True, null=True, verbose_name='what it has sent is on record as at'),
        ),
        migrations.AddField(
            model_name='stateparty',
            name='on_record_stated_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='stated at'),
        ),
        migrations.AddField(
            model_name='stateparty',
            name='on_record_stated_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='stated by'),
        ),
    ]
