"""The shape of the updates that are taken: the fields that the handlers look at, with their types and bounds.

The library takes whatever it is given for a field; a number where a text belongs would fail only later, in a handler.
"""

from __future__ import annotations

from typing import Annotated, Any, NotRequired

from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, ValidationError, with_config
from typing_extensions import TypedDict

Person = Annotated[int, Field(ge=1, lt=2**52)]  # Telegram's ids have at most 52 bits
Place = Annotated[int, Field(gt=-(2**52), lt=2**52)]
Count = Annotated[int, Field(ge=0, lt=2**31)]


def _sound(text: str) -> str:
    text.encode()  # half of a pair has no encoding, and raises a ValueError
    return text


Text = Annotated[str, AfterValidator(_sound)]
Time = Annotated[int, Field(ge=0, lt=2**33)]


class Chat(TypedDict):
    """Where."""

    id: Place
    type: str
    title: NotRequired[str]


class User(TypedDict):
    """Who."""

    id: Person
    is_bot: bool
    first_name: str
    username: NotRequired[str]


class Entity(TypedDict):
    """A marked part of a text."""

    type: str
    offset: Count
    length: Count


_MESSAGE: dict[str, Any] = {
    "message_id": Count,
    "date": Time,
    "chat": Chat,
    "from": NotRequired[User],
    "edit_date": NotRequired[Time],
    "text": NotRequired[Text],
    "entities": NotRequired[list[Entity]],
    "message_thread_id": NotRequired[Count],
    "is_topic_message": NotRequired[bool],
}
Replied = TypedDict("Replied", _MESSAGE)  # type: ignore[misc]
Message = TypedDict("Message", {**_MESSAGE, "reply_to_message": NotRequired[Replied]})  # type: ignore[misc]
Tap = TypedDict(
    "Tap",
    {
        "id": str,
        "from": User,
        "chat_instance": str,
        "data": NotRequired[Text],
        "message": NotRequired[Replied],
    },
)
Inline = TypedDict("Inline", {"id": Text, "from": User, "query": Text, "offset": str})

Chosen = TypedDict("Chosen", {"result_id": Text, "from": User, "query": Text})


@with_config(ConfigDict(strict=True))
class Shape(TypedDict):
    """An update. Fields that are not named are left to the library."""

    update_id: Annotated[int, Field(ge=0, lt=2**63)]
    message: NotRequired[Message]
    edited_message: NotRequired[Message]
    callback_query: NotRequired[Tap]
    inline_query: NotRequired[Inline]
    chosen_inline_result: NotRequired[Chosen]


_SHAPE: TypeAdapter[Any] = TypeAdapter(Shape)


def fits(update: object) -> bool:
    """Whether decoded JSON is an update that the handlers can be given."""
    try:
        _SHAPE.validate_python(update, strict=True)
    except (ValidationError, RecursionError):
        return False
    return True
