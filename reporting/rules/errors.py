"""What the engine says when it is told nonsense."""

from reporting.rules.saying import (
    Count,
    SayDate,
    Sentence,
    Translate,
    counted_in_english,
    date_in_words,
)


class RulesError(ValueError):
    """The root of every error of the engine; its text is a sentence for a person, in English."""

    def __init__(self, sentence: Sentence) -> None:
        """Keep the sentence, which whoever shows it can translate."""
        self.sentence = sentence
        super().__init__(str(sentence))

    def text(
        self,
        *,
        translate: Translate = str,
        count: Count = counted_in_english,
        say_date: SayDate = date_in_words,
    ) -> str:
        """Return the sentence in the language of ``translate`` and ``count``."""
        return self.sentence.text(translate=translate, count=count, say_date=say_date)
