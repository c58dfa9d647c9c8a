"""A Redis that several test processes share: each has keys of its own, and forgets no others."""

from typing import Any

from config.steady_cache import SteadyRedisCache


class OwnKeysCache(SteadyRedisCache):
    """Clears its own keys where Django would empty the whole of Redis."""

    def clear(self) -> bool:  # type: ignore[override]
        """Delete the keys that begin with the prefix of this process."""
        client: Any = self._cache.get_client(None, write=True)
        keys = list(client.scan_iter(match=f"{self.key_prefix}:*", count=1000))
        return bool(client.delete(*keys)) if keys else False
