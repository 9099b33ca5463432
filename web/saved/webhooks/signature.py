"""Signs what is sent, so that whoever gets it can tell that it is from here."""

import hashlib
import hmac


def signature(secret: str, body: bytes) -> str:
    """What `X-Signature` says: HMAC with SHA-256 over the body, keyed with the secret as ASCII, in
    hexadecimal digits."""
    return f"sha256={hmac.new(secret.encode('ascii'), body, hashlib.sha256).hexdigest()}"
