"""What is wrong with a question, or with us.

Source: RFC 9457 (problem details).
"""

from dataclasses import dataclass, field
from typing import Final

MEDIA_TYPE: Final = "application/problem+json"


@dataclass(slots=True)
class ProblemError(Exception):
    """A question that cannot be answered: `detail` says what is wrong and how to mend it, `where` names the place."""

    status: int
    detail: str
    where: str = ""
    headers: dict[str, str] = field(default_factory=dict)
