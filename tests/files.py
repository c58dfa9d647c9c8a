"""Small documents, whole and broken."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.core.files.uploadedfile import SimpleUploadedFile

PDF = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]>> endobj
xref
0 4
0000000000 65535 f
0000000009 00000 n
0000000056 00000 n
0000000111 00000 n
trailer <</Size 4 /Root 1 0 R>>
startxref
180
%%EOF
"""
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    f'<Override PartName="/word/document.xml" ContentType="{WORD}"/></Types>'
)
OPEN_TEXT = "application/vnd.oasis.opendocument.text"
# The test string of virus scanners, in two parts so that none finds it here.
VIRUS = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"


def zipped(parts: Mapping[str, str | bytes], *, stored: bool = False) -> bytes:
    """Return a zip archive of these parts; the first is never compressed."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for place, (name, content) in enumerate(parts.items()):
            way = ZIP_STORED if stored or place == 0 else ZIP_DEFLATED
            archive.writestr(ZipInfo(name, (2026, 11, 22, 0, 0, 0)), content, compress_type=way)
    return packed.getvalue()


def docx(**more: str | bytes) -> bytes:
    """Return a Word document, with more parts or others."""
    parts = {"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": "<w:document/>"}
    return zipped({**parts, **more})


def odt(**more: str | bytes) -> bytes:
    """Return an OpenDocument text, with more parts or others."""
    parts = {
        "mimetype": OPEN_TEXT,
        "content.xml": "<office:document-content/>",
        "META-INF/manifest.xml": "<manifest:manifest/>",
    }
    return zipped({**parts, **more})


def upload(name: str = "report.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    """Return a file as it arrives with a form."""
    return SimpleUploadedFile(name, content, "application/octet-stream")
