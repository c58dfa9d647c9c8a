from django.db import migrations

from reporting.models.names import english_name, names_of, search_text
from reporting.models.order import places


def write_names(apps, schema_editor):
    """Give the States whose name a library said that of UN documents, and all of them their places anew."""
    model = apps.get_model('reporting', 'State')
    states = list(model.objects.order_by('pk'))
    fields = ['name', 'search_text']
    for state in states:
        if state.name == names_of(state.iso3).get('en'):
            state.name = english_name(state.iso3)
        state.search_text = search_text(iso3=state.iso3, m49=state.m49, name=state.name)
        for field, place in places(state.iso3, state.name).items():
            setattr(state, field, place)
            fields.append(field)
    if states:
        model.objects.bulk_update(states, list(dict.fromkeys(fields)), batch_size=100)


class Migration(migrations.Migration):

    dependencies = [
        ('reporting', '0028_no_entry_replaced'),
    ]

    operations = [
        migrations.RunPython(write_names, migrations.RunPython.noop),
    ]
