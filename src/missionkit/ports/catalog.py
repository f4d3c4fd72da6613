"""What there is of one kind, by name: missionkit's own, and what plug-ins bring."""

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

from attrs import frozen

from missionkit.errors import InvalidValueError, NotFoundError, PluginError
from missionkit.issue import Code, Issue, nearest
from missionkit.markup import shown
from missionkit.plugins import Plugin, installed
from missionkit.ports.rule import LimitSpec

T = TypeVar("T")


@frozen(kw_only=True)
class Catalog(Generic[T]):
    """The things of a group of plug-ins, beside *own*; *noun* says what one is.

    *taken* returns the thing that the value of a plug-in is, or raises
    `InvalidValueError` or `PluginError`; whatever else it raises is the plug-in's.
    """

    group: str
    noun: str
    own: Mapping[str, T]
    taken: Callable[[object], T]

    def installed(self) -> tuple[dict[str, T], tuple[PluginError, ...]]:
        """Return what plug-ins bring, by name, and those that failed.

        A name that is taken becomes ``distribution:name``; one that fails harms no
        other.
        """
        plugins = installed(self.group, own=self.own)
        held = {each.name: self._held(each) for each in plugins.found}
        failed = [each for each in held.values() if isinstance(each, PluginError)]
        found = {n: x for n, x in held.items() if not isinstance(x, PluginError)}
        return found, (*plugins.failed, *failed)

    def named(self, name: str) -> T:
        """Return the one of a name: of missionkit's own, or else installed.

        Raises:
            NotFoundError: nothing has this name, with the nearest that there are.
            PluginError: the plug-in of this name failed.
        """
        if name in self.own:
            return self.own[name]
        found, failed = self.installed()
        if name in found:
            return found[name]
        for failure in failed:
            if name in (failure.name, f"{failure.distribution}:{failure.name}"):
                raise failure
        known = (*self.own, *found)
        raise NotFoundError(self.noun, name, nearest(name, known) or known)

    def _held(self, plugin: Plugin) -> T | PluginError:
        try:
            return self.taken(plugin.value)
        except Exception as error:  # noqa: BLE001 - a plug-in is anybody's code
            cause, what = error, self._said(error)
        failure = PluginError(plugin.distribution, plugin.name, what, plugin.version)
        failure.__cause__ = cause
        return failure

    def _said(self, error: Exception) -> str:
        if isinstance(error, InvalidValueError):
            return error.issues[0].message
        if isinstance(error, PluginError):
            return error.what
        why = f"{type(error).__name__}: {shown(error)}"
        return f"its {self.noun} cannot be made: {why}"


def method_faults(held: object, noun: str, code: Code) -> Iterator[Issue]:
    """Yield an issue for each thing that a method must have and *held* has not.

    A method is called, has a `name` and a `version`, and says what it `requires` and
    which `limits` it takes.
    """
    for what in _lacks(held):
        said = f"{shown(held)} is no {noun}: {what}."
        fix = "call it to make one" if isinstance(held, type) else ""
        yield code.issue(said, path="using", value=held, fix=fix)


def _lacks(held: object) -> Iterator[str]:
    if isinstance(held, type) or not callable(held):
        yield "it is a class" if isinstance(held, type) else "it cannot be called"
        return
    for name in ("name", "version"):
        text = getattr(held, name, None)
        if not isinstance(text, str) or not text.strip():
            yield f"its `{name}` is no text"
    for name, kind in (("requires", str), ("limits", LimitSpec)):
        many = getattr(held, name, None)
        if not isinstance(many, tuple) or not all(isinstance(x, kind) for x in many):
            words = "texts" if kind is str else "limits"
            yield f"its `{name}` are no tuple of {words}"
