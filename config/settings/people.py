"""How people sign in: the same in every mode. What an operator may choose stands in __init__."""

from datetime import timedelta

AUTH_USER_MODEL = "reporting.User"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{VALIDATORS}.UserAttributeSimilarityValidator"},
    {"NAME": f"{VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{VALIDATORS}.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
# A working day; the cookie itself goes when the browser is closed.
SESSION_COOKIE_AGE = 12 * 60 * 60
PASSWORD_RESET_TIMEOUT = 60 * 60
INVITATION_DAYS = 7

# --- django-allauth ---

ACCOUNT_ADAPTER = "reporting.views.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SESSION_REMEMBER = False
# An account's address is the one that was invited; it is not asked to prove itself again.
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ALLOW_UNVERIFIED_EMAIL = True
# They get no e-mail; but the adapter is to hear of them, and take as long as for the others.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Django's own: allauth's would keep a second copy of each address, which outlives a change of it.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 - a class, no secret
FORMS = "reporting.forms.account"
ACCOUNT_FORMS = {
    "login": f"{FORMS}.SignInForm",
    "reset_password": f"{FORMS}.ResetPasswordForm",
    "reset_password_from_key": f"{FORMS}.NewPasswordForm",
    "change_password": f"{FORMS}.ChangePasswordForm",
    "set_password": f"{FORMS}.SetPasswordForm",
    "reauthenticate": f"{FORMS}.ReauthenticateForm",
}

MFA_ADAPTER = "reporting.views.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Clocks of telephones differ: the code before and the one after count too.
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "Treaty Reporting Timetable"
FACTORS = "reporting.forms.second_factor"
MFA_FORMS = {
    "authenticate": f"{FACTORS}.AuthenticateForm",
    "reauthenticate": f"{FACTORS}.ReauthenticateForm",
    "activate_totp": f"{FACTORS}.ActivateTOTPForm",
    "deactivate_totp": f"{FACTORS}.DeactivateTOTPForm",
    "generate_recovery_codes": f"{FACTORS}.GenerateRecoveryCodesForm",
    "add_webauthn": f"{FACTORS}.AddKeyForm",
    "login_webauthn": f"{FACTORS}.LoginKeyForm",
    "reauthenticate_webauthn": f"{FACTORS}.ReauthenticateKeyForm",
    "edit_webauthn": f"{FACTORS}.EditKeyForm",
}

SOCIALACCOUNT_ADAPTER = "reporting.views.adapters.ProviderAdapter"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_STORE_TOKENS = False

# --- django-axes: wrong passwords, counted in the database for all processes ---

AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(hours=1)
AXES_RESET_ON_SUCCESS = True
# Both together: else anybody could lock somebody else out.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "reporting.views.lockout.address"
AXES_LOCKOUT_CALLABLE = "reporting.views.lockout.locked_out"
AXES_DISABLE_ACCESS_LOG = True
