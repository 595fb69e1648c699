"""The key that locks the vault, made up where the operator gave none."""

import base64
import secrets
from pathlib import Path

from infra.embedded import private_file


def ensure_master_key(data_dir: Path) -> Path:
    """Return the file `master.key`, made once; whoever loses it loses every name and story."""
    path = data_dir / "master.key"
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    private_file.write_once(path, f"k1:{key}\n")
    return path
