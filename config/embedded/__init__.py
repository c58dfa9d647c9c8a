"""The whole application on one machine: broker, web, worker and beat under one supervisor."""
