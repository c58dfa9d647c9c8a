"""What is stored about a person, as a file for that person."""

import json
from datetime import datetime

from reporting.queries.person import Stored


def person_json(found: Stored, *, at: datetime) -> str:
    """Return the text of the file: rows by where they are, and where the person is mentioned."""
    content = {
        "e-mail address": found.email,
        "as at": at.isoformat(),
        **{name: rows for name, rows in found.rows.items() if rows},
        "mentions in texts": found.mentions,
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
