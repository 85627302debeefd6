"""What a room says when it does not understand what it was given."""


class Refused(Exception):
    """An input that is not understood: a stable code, the field it stands in, and plain bokmål that says what to do."""

    def __init__(self, code: str, field: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.field = field
        self.message = message

    def as_json(self) -> dict[str, str]:
        """The error as the command line and the API print it."""
        return {"error": self.code, "field": self.field, "message": self.message}
