"""What the engine says when it is told nonsense."""


class RulesError(ValueError):
    """The root of every error of the engine; its text is a sentence for a person."""
