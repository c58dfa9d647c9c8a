"""The cache in Redis, which all hosts share; while Redis does not answer, one of this host's own.

Nothing in the cache is a fact: what was counted is counted anew, and the limits of attempts hold for each
host by itself until Redis is back. Without this every page would answer with an error instead.
"""

import logging
from collections.abc import Callable
from time import monotonic
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

_log = logging.getLogger(__name__)
# How long nobody asks a Redis again that did not answer: else each page would wait for it.
PAUSE = 5.0


def _asks(name: str) -> Callable[..., Any]:
    """Return the method of that name: it asks Redis, or what stands in for it."""
    of_redis = getattr(RedisCache, name)

    def method(self: "SteadyRedisCache", *args: Any, **options: Any) -> Any:
        if monotonic() >= SteadyRedisCache.away_until:
            try:
                return of_redis(self, *args, **options)
            except (RedisConnectionError, RedisTimeoutError) as error:
                SteadyRedisCache.away_until = monotonic() + PAUSE
                _log.warning("Redis does not answer (%s); each host counts alone.", error)
        return getattr(caches["own"], name)(*args, **options)

    return method


class SteadyRedisCache(RedisCache):
    """Redis, or the cache named "own" for the seconds after Redis did not answer."""

    away_until = 0.0

    add = _asks("add")
    get = _asks("get")
    set = _asks("set")
    touch = _asks("touch")
    delete = _asks("delete")
    get_many = _asks("get_many")
    has_key = _asks("has_key")
    incr = _asks("incr")
    set_many = _asks("set_many")
    delete_many = _asks("delete_many")
    clear = _asks("clear")
