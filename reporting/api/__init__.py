"""The same queries and services over HTTP, for programs."""
