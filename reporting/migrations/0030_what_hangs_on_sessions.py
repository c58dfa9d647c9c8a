from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reporting', '0029_names_of_the_un'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='committeedecision',
            index=models.Index(condition=models.Q(('session__isnull', False)), fields=['session'], name='decision_session'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(condition=models.Q(('session__isnull', False)), fields=['session'], name='review_session'),
        ),
        migrations.AddIndex(
            model_name='submission',
            index=models.Index(condition=models.Q(('session__isnull', False)), fields=['session'], name='submission_session'),
        ),
        migrations.AddIndex(
            model_name='submission',
            index=models.Index(condition=models.Q(('status', 'filed')), fields=['sent_on'], name='submission_filed'),
        ),
    ]
