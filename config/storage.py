"""Where documents are kept: a folder of this machine, or storage that speaks S3."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import environ

from config.environment import refuse_if

_EXAMPLE = "s3://bucket/folder?endpoint=https://storage.example.org&region=eu-central-1"
_OPTIONS = {"endpoint": "endpoint_url", "region": "region_name"}


def documents(env: environ.Env, folder: Path) -> dict[str, Any]:
    """Return the storage of documents: DOCUMENTS_URL, or a folder in this one.

    The keys to S3 come from where boto3 looks for them (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, the
    role of the machine). Raise ImproperlyConfigured where the address names no bucket.
    """
    url = env.str("DOCUMENTS_URL", default="")
    return _on_s3(url) if url else _on_disk(folder / "documents")


def _on_disk(folder: Path) -> dict[str, Any]:
    modes = {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
    return {
        "BACKEND": "config.kept_files.FolderStorage",
        "OPTIONS": {"location": folder} | modes,
    }


def _on_s3(url: str) -> dict[str, Any]:
    parts, asked = urlsplit(url), dict(parse_qsl(urlsplit(url).query))
    refuse_if(
        parts.scheme != "s3" or not parts.hostname or bool(set(asked) - set(_OPTIONS)),
        f"DOCUMENTS_URL is no address of S3 storage, as in {_EXAMPLE}.",
    )
    options = {
        "bucket_name": parts.netloc,
        "location": unquote(parts.path).strip("/"),
        "default_acl": None,  # what the bucket says; a list of its own could open the files
        "file_overwrite": False,
        "signature_version": "s3v4",
        # Names of buckets as a part of the path: servers other than Amazon's have no host for each.
        "addressing_style": "path" if "endpoint" in asked else "auto",
    }
    named = {_OPTIONS[name]: value for name, value in asked.items()}
    return {"BACKEND": "config.kept_files.BucketStorage", "OPTIONS": options | named}
