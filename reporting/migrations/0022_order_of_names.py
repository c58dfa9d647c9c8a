from django.db import migrations, models

from reporting.models.order import ByName, places


def write_places(apps, schema_editor):
    """Put the States that are on record in the order of each language."""
    model = apps.get_model('reporting', 'State')
    states = list(model.objects.order_by('pk'))
    fields = []
    for state in states:
        found = places(state.iso3, state.name)
        fields = list(found)
        for field, place in found.items():
            setattr(state, field, place)
    if states:
        model.objects.bulk_update(states, fields, batch_size=100)


class Migration(migrations.Migration):

    dependencies = [
        ('reporting', '0021_names_of_cldr'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='contact',
            options={'ordering': ['state', 'role', 'name'], 'verbose_name': 'contact', 'verbose_name_plural': 'contacts'},
        ),
        migrations.AlterModelOptions(
            name='state',
            options={'ordering': [ByName(), 'name'], 'verbose_name': 'State', 'verbose_name_plural': 'States'},
        ),
        migrations.AlterModelOptions(
            name='stateparty',
            options={'ordering': ['state', 'treaty'], 'verbose_name': 'State party', 'verbose_name_plural': 'States parties'},
        ),
        migrations.AddField(
            model_name='state',
            name='place_ar',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddField(
            model_name='state',
            name='place_en',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddField(
            model_name='state',
            name='place_es',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddField(
            model_name='state',
            name='place_fr',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddField(
            model_name='state',
            name='place_id',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddField(
            model_name='state',
            name='place_ru',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddField(
            model_name='state',
            name='place_zh_hans',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.RunPython(write_places, migrations.RunPython.noop),
    ]
