"""What a room says when it does not understand what it was given."""

from samlop.law.texts import Sentence


class Refused(Exception):
    """An input that is not understood: a stable code, the field it stands in, and plain words that say what to do.

    `message` is bokmål, as the contract has it; `text` can be said in the other languages too.
    """

    def __init__(self, code: str, field: str, text: Sentence) -> None:
        self.code = code
        self.field = field
        self.text = text
        self.message = text.in_language("nb")
        super().__init__(self.message)

    def as_json(self) -> dict[str, str]:
        """The error as the command line and the API print it."""
        return {"error": self.code, "field": self.field, "message": self.message}
