"""Small documents, whole and broken."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo
from zlib import compress

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
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    f'<Override PartName="/word/document.xml" ContentType="{WORD}"/></Types>'
)
OPEN_TEXT = "application/vnd.oasis.opendocument.text"
_WORD_XML = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OPEN_XML = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
# The test string of virus scanners, in two parts so that none finds it here.
VIRUS = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"


def packed_pdf(catalog: bytes = b"") -> bytes:
    """Return a PDF whose catalogue, with these entries, stands in a compressed stream of objects."""
    objects = (
        b"<</Type /Catalog /Pages 2 0 R " + catalog + b">>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]>>",
    )
    starts = [sum(len(each) + 1 for each in objects[:place]) for place in range(len(objects))]
    index = b"".join(b"%d %d " % pair for pair in enumerate(starts, 1))
    start = b"%PDF-1.5\n"
    first = _stream(
        4, b"/Type /ObjStm /N 3 /First %d" % len(index), index + b" ".join(objects) + b" "
    )
    end = len(start) + len(first)
    places = [(0, 0), (2, 4), (2, 4), (2, 4), (1, len(start)), (1, end)]
    rows = [
        bytes([kind]) + where.to_bytes(4) + bytes([max(0, number - 1) if kind == 2 else 0])
        for number, (kind, where) in enumerate(places)
    ]
    table = _stream(5, b"/Type /XRef /W [1 4 1] /Size 6 /Root 1 0 R", b"".join(rows))
    return start + first + table + b"startxref\n%d\n%%%%EOF\n" % end


def _stream(number: int, entries: bytes, content: bytes) -> bytes:
    packed = compress(content)
    head = b"%d 0 obj <<%s /Filter /FlateDecode /Length %d>> stream\n" % (
        number,
        entries,
        len(packed),
    )
    return head + packed + b"\nendstream endobj\n"


def related(kind: str, target: str, **more: str) -> str:
    """Return a part of a Word document that relates it to something of that kind."""
    others = "".join(f' {name}="{value}"' for name, value in more.items())
    return (
        f'<?xml version="1.0"?><Relationships xmlns="{RELATIONSHIPS}">'
        f'<Relationship Id="rId1" Type="{KINDS}/{kind}" Target="{target}"{others}/></Relationships>'
    )


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
    parts = {
        "[Content_Types].xml": CONTENT_TYPES,
        "word/document.xml": f'<w:document xmlns:w="{_WORD_XML}"/>',
    }
    return zipped({**parts, **more})


def odt(**more: str | bytes) -> bytes:
    """Return an OpenDocument text, with more parts or others."""
    parts = {
        "mimetype": OPEN_TEXT,
        "content.xml": f'<office:document-content xmlns:office="{OPEN_XML}"/>',
        "META-INF/manifest.xml": "<manifest:manifest/>",
    }
    return zipped({**parts, **more})


def upload(name: str = "report.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    """Return a file as it arrives with a form."""
    return SimpleUploadedFile(name, content, "application/octet-stream")
