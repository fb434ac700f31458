"""Bodies of forms that no browser of a participant sends."""

import itertools
import json
from dataclasses import dataclass
from urllib.parse import quote_plus, urlencode

FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=batas"


@dataclass(frozen=True)
class Body:
    name: str
    content: bytes
    content_type: str = FORM


# Values for every field that a form of ours has, one after the other.
FIELDS = (
    "client_id", "sitting", "seq", "go", "response", "response-x", "number", "enrolment", "code", "pin",
    "id", "title", "phase", "deadline", "person_in_charge", "finding", "status", "text", "reason",
    "q1", "q1-x", "q3", "was1", "q1-dont_know", "dont_know", "flagged", "scribe_name", "file",
)  # fmt: skip
VALUES = {
    "nothing": "",
    "a NUL": "a\x00b",
    "no uuid": "bukan-uuid",
    "a huge number": "9" * 5000,
    "a negative number": "-1",
    "not a number": "NaN",
    "a long text": "x" * 100_000,
    "markup": "<script>alert(1)</script>'\"--;{{7*7}}{% debug %}",
    "text turned around": "\u202eabc\u2066\ufeff",
    "a far date": "99999-99-99",
    "a path": "../../../../etc/passwd",
    "digits of another script": "١٢٣٤٥٦",
}
_ID = "7c0f4b57-7c0f-4b57-8b57-7c0f4b577c0f"
# Forms in order but for one field, so that the field itself is looked at: (the form, fields to spoil).
FORMS = (
    ({"client_id": _ID, "sitting": "1", "seq": "1", "response": "12"}, ("client_id", "seq", "response")),
    (
        {
            "id": _ID,
            "title": "Rapat",
            "phase": "lain",
            "deadline": "2026-07-01",
            "person_in_charge": "BPD",
            "indicator": "1",
            "evidence_expected": "Foto",
        },
        ("title", "deadline", "finding"),
    ),
    ({"id": _ID, "status": "berjalan", "text": "Sudah mulai."}, ("text",)),
    ({"code": "ABCDE", "pin": "123456"}, ("code",)),
    # All questions on one page, and a survey.
    (
        {"client_id": _ID, "sitting": "1", "seq": "1", "q4": "12", "was4": "", "go": "review"},
        ("q4", "was4", "go"),
    ),
    ({f"q{place}": "12" for place in range(1, 13)}, ("q1", "q7", "q8", "q10", "q12")),
)


def _form(fields: dict[str, str]) -> bytes:
    return urlencode(fields).encode()


def _bodies() -> list[Body]:
    everywhere = [
        Body(f"{name} in every field", _form(dict.fromkeys(FIELDS, value))) for name, value in VALUES.items()
    ]
    inside = [
        Body(f"{name} in {field}", _form({**form, field: value}))
        for form, spoilt in FORMS
        for field, (name, value) in itertools.product(spoilt, VALUES.items())
    ]
    raw = {
        "places that are none": b"q0=1&q-1=1&q99999=1&q1e3=1&q\xd9\xa1=1&was=1&q=1&q1-=1&q1--=1",
        "both ways at once": b"response=12&q4=12&dont_know=1&q4-dont_know=1",
        "no body": b"",
        "a megabyte of one field": b"text=" + b"x" * 1_000_000,
        "a megabyte of nonsense": bytes(range(256)) * 4000,
        "three thousand fields": "&".join(f"f{n}=1" for n in range(3000)).encode(),
        "a thousand times one field": b"response=1&" * 900,
        "lists in names": b"response[]=1&response[0][a]=2&client_id[]=x&seq[$gt]=1",
        "half of a surrogate": b"response=%ED%A0%80&text=%ED%BF%BF&code=%ED%A0%80",
        "bytes that are no text": b"response=\xff\xfe\xfd&text=%FF%FE",
        "only separators": b"&&&===;;;",
        "an endless name": b"response-" + b"a" * 100_000 + b"=1",
        "a broken escape": b"response=%&text=%zz&seq=%1",
        "a prototype": b"__proto__=1&constructor=2&_method=DELETE&csrfmiddlewaretoken="
        + quote_plus("\x00").encode(),
        "columns of the database": b"score=13&submitted_at=2026-01-01&is_correct=1&participant=1&attempt=1",
    }
    shapes = [
        {"response": {"a": 1}},
        [1, 2, 3],
        None,
        "text",
        10**400,
        {"client_id": ["x"], "seq": 1e308},
        [[[[[]]]]],
    ]
    part = b'--batas\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n--batas--\r\n'
    return [
        *everywhere,
        *inside,
        *(Body(name, content) for name, content in raw.items()),
        *(
            Body(f"JSON {json.dumps(shape)[:30]}", json.dumps(shape).encode(), "application/json")
            for shape in shapes
        ),
        Body("JSON with half of a surrogate", b'{"response": "\\ud800"}', "application/json"),
        Body("JSON that ends early", b'{"response": ', "application/json"),
        Body("XML", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "application/xml"),
        Body("plain text", b"response=1", "text/plain"),
        Body("no type", b"response=1", ""),
        Body("a type that is none", b"response=1", "x" * 500),
        Body("another alphabet", b"response=1", f"{FORM}; charset=utf-7"),
        Body("an alphabet that is none", b"response=1", f"{FORM}; charset=tidak-ada"),
        Body(
            "a file", part % (b"response", b'; filename="a.php"\r\nContent-Type: text/x-php', b"<?php"), PARTS
        ),
        Body(
            "a part that ends early",
            b'--batas\r\nContent-Disposition: form-data; name="text"\r\n\r\nabc',
            PARTS,
        ),
        Body("parts without a border", b"abc", "multipart/form-data"),
        Body("a part with a NUL", part % (b"text", b"", b"a\x00b"), PARTS),
    ]


BODIES = _bodies()
