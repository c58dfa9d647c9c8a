"""How the API answers: the same in every mode. What an operator may choose stands in __init__."""

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["reporting.api.access.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["reporting.api.access.MaySeeStatus"],
    "DEFAULT_THROTTLE_CLASSES": ["reporting.api.limits.Limit"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["reporting.api.body.BodyParser"],
    "DEFAULT_SCHEMA_CLASS": "reporting.api.schema.Described",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "reporting.api.problems.answer_to",
    "URL_FORMAT_OVERRIDE": None,
    "COERCE_DECIMAL_TO_STRING": False,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Reporting deadlines under the human rights treaties",
    "DESCRIPTION": (
        "States, what they owe, what they sent, what the Committee did: as at any day, each with its "
        "source. Errors are problem details (RFC 9457). Lists are turned with `cursor`: send back the "
        "`next` of the answer before."
    ),
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "Precision": "reporting.api.shapes.PRECISION_CHOICES",
        "Kind": "reporting.models.Kind",
        "DecisionKind": "reporting.models.DecisionKind",
        "ObligationStatus": "reporting.api.shapes.STATUSES",
        "SubmissionStatus": "reporting.models.SubmissionStatus",
        "RegionalGroup": "reporting.models.RegionalGroup",
        "Basis": "reporting.models.Basis",
        "Closure": "reporting.models.Closure",
        "Action": "reporting.models.Action",
        "Procedure": "reporting.models.Procedure",
        "WebhookOff": "reporting.models.Webhook.Off",
        "Trouble": "reporting.models.Trouble",
        "DeliveryState": "reporting.models.WebhookDelivery.State",
        "Band": "reporting.api.shapes.BANDS",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "reporting.api.schema.with_problems",
    ],
    "SERVERS": [{"url": "/", "description": "this server"}],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}
# Pages of other origins: the API alone, never with the cookie of whoever has signed in.
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_CREDENTIALS = False
CORS_ALLOW_METHODS = ["GET", "HEAD", "POST"]
CORS_ALLOW_HEADERS = ["accept", "accept-language", "authorization", "content-type", "if-none-match"]
CORS_EXPOSE_HEADERS = ["ETag", "Location", "Retry-After", "Deprecation", "Sunset", "Link"]
