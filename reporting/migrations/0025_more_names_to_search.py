from django.db import migrations

from reporting.models.names import search_text


def write_search_text(apps, schema_editor):
    """Let searches find the States that are on record in traditional Chinese and without apostrophes, too."""
    model = apps.get_model('reporting', 'State')
    states = list(model.objects.order_by('pk'))
    for state in states:
        state.search_text = search_text(iso3=state.iso3, m49=state.m49, name=state.name)
    model.objects.bulk_update(states, ['search_text'], batch_size=200)


class Migration(migrations.Migration):

    dependencies = [
        ('reporting', '0024_facts_about_states'),
    ]

    operations = [
        migrations.RunPython(write_search_text, migrations.RunPython.noop),
    ]
