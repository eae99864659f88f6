"""Describe the bulk files as a DCAT 3 (W3C) catalogue for open data portals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from minutes.models import Body
from open_data.archive import MEDIA_TYPES
from open_data.manifest import ExportedFile
from open_data.public import contains_withdrawn, current_manifest

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
IANA = "https://www.iana.org/assignments/media-types/"
CHINESE = "http://publications.europa.eu/resource/authority/language/ZHO"


@require_safe
def catalogue(request: HttpRequest) -> JsonResponse:
    """Return the catalogue: one dataset, with distributions of files and API."""
    absolute = request.build_absolute_uri
    page = absolute(reverse("data"))
    publisher = {"@type": "foaf:Organization", "foaf:name": "会议纪要档案", "foaf:homepage": absolute(reverse("home"))}
    dataset = {
        "@id": f"{page}#minutes",
        "@type": "dcat:Dataset",
        "dct:title": {
            "@language": "zh-Hans",
            "@value": "政府会议纪要的记录：会议、议题、任务、文件、单位、出席",
        },
        "dct:description": {"@language": "zh-Hans", "@value": "档案中已经公开的全部记录，逐条附原文中的位置。"},
        "dct:publisher": publisher,
        "dct:language": {"@id": CHINESE},
        "dct:spatial": [{"dct:title": name} for name in Body.objects.published().values_list("name", flat=True)],
        "dcat:landingPage": {"@id": page},
        "dcat:distribution": [api_distribution(absolute), *file_distributions(absolute)],
    }
    described = {"@context": CONTEXT, "@id": page, "@type": "dcat:Catalog", "dct:publisher": publisher}
    described |= {"dct:title": {"@language": "zh-Hans", "@value": "会议纪要档案的数据"}, "dcat:dataset": [dataset]}
    return JsonResponse(described, content_type="application/ld+json", json_dumps_params={"ensure_ascii": False})


def file_distributions(absolute: Callable[[str], str]) -> list[dict[str, Any]]:
    """Return the distributions of the files; none while they contain withdrawn text."""
    manifest = current_manifest()
    if manifest is None or contains_withdrawn(manifest):
        return []
    return [distribution(file, manifest.generated_at.isoformat(), absolute) for file in manifest.files]


def distribution(file: ExportedFile, at: str, absolute: Callable[[str], str]) -> dict[str, Any]:
    return {
        "@type": "dcat:Distribution",
        "dct:title": file.name,
        "dct:modified": {"@type": "xsd:dateTime", "@value": at},
        "dcat:downloadURL": {"@id": absolute(reverse("data-file", args=[file.name]))},
        "dcat:mediaType": {"@id": f"{IANA}{MEDIA_TYPES[file.name]}"},
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(file.size)},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": file.sha256},
        },
    }


def api_distribution(absolute: Callable[[str], str]) -> dict[str, Any]:
    """Return the API as a distribution with an access service."""
    service = {
        "@type": "dcat:DataService",
        "dct:title": "API",
        "dcat:endpointURL": {"@id": absolute(reverse("api-v1"))},
        "dcat:endpointDescription": {"@id": absolute(reverse("api-schema"))},
    }
    return {"@type": "dcat:Distribution", "dct:title": "API", "dcat:accessService": service}
