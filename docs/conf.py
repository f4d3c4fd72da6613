"""Sphinx settings: offline, warnings are errors, every page a file of its own."""

import shutil
from enum import Enum
from functools import reduce
from importlib.metadata import version as installed
from operator import or_
from pathlib import Path
from types import FunctionType, GenericAlias, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

HERE = Path(__file__).parent

project = "missionkit"
author = "The missionkit authors"
project_copyright = "The missionkit authors"
version = release = installed("missionkit")

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
    "sphinx_design",
]
exclude_patterns = ["_build"]
nitpicky = True

html_theme = "furo"
html_title = "missionkit"
html_show_sourcelink = False

myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 120
nb_merge_streams = True

copybutton_exclude = ".linenos, .gp, .go"
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True  # a default such as the rule book by its name
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_default_options = {"members": True}
python_use_unqualified_type_names = True
napoleon_numpy_docstring = False

# No page of other projects is asked (that needs a network): their names are not links.
nitpick_ignore_regex = [
    (r"py:.*", rf"(?:{package})(?:\..*)?")
    for package in (
        "abc|array|attrs?|cattrs|collections|contextlib|dataclasses|datetime|decimal|enum",
        "fractions|functools|hypothesis|io|networkx|nx|os|pathlib|pytest|sqlalchemy",
        "sqlite3|types|typing|uuid|zoneinfo",
    )
]
nitpick_ignore_regex += [
    (r"py:class", r"Connection|Engine"),  # of SQLAlchemy
    (r"py:class", r"missionkit\.domain\.ids\.AnyId"),  # of no one kind
    (r"py:class", r"(?:.*\.)?[A-Z]"),  # a type variable
    (r"py:class", r"missionkit\.formats\.ledger\.Frame"),  # of other libraries
    (r"py:class", r"Shape"),  # an alias that stands in its own parts
    (r"py:class", r"missionkit\.formats\.file\.Stream"),  # anything with read()
    (r"py:class", r"missionkit\.markup\.Html"),  # text, to a caller
    (r"py:class", r"missionkit\.report\.example\.Example"),  # part of an answer
    (r"py:class", r"missionkit\.trace\.standing\.State"),  # words of an answer
    (r"py:class", r"missionkit\.review\.(?:ahead|following|passing)\..*"),  # its parts
    (r"py:class", r"missionkit\.ports\.options\.Criterion"),  # part of a table
    (r"py:class", r"missionkit\.ports\.scorer\.Method"),  # part of a scorer
    (r"py:class", r"missionkit\.review\.act\.(?:Asked|Plan)"),  # how acts are made
    (r"py:class", r"missionkit\.review\.mission_measure\.Counted"),  # a number
    (r"py:class", r"missionkit\.workspace\.staling\.Changed"),  # part of an answer
    (r"py:class", r"missionkit\.workspace\.reviewing\.Told"),  # by, why, at
    (r"py:class", r"missionkit\.workspace\.desk\.Desk"),  # what a workspace stands on
]


def link_to_root(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, content: nodes.TextElement
) -> nodes.Node | None:
    """Find `missionkit.domain.plan.Goal` under its public name, an id at its kind."""
    name = node.get("reftarget", "").rpartition(".")[2]
    if node.get("refdomain") != "py" or not name:
        return None
    python = env.domains.python_domain
    for public in (
        f"missionkit.{name}",
        f"missionkit.{name.removesuffix('Id')}",
        f"missionkit.review.{name}",
    ):
        if public in python.objects:
            docname = node.get("refdoc", "")
            return python.resolve_xref(
                env, docname, app.builder, "obj", public, node, content
            )
    return None


def plain(hint: Any) -> Any:  # noqa: ANN401 -- a type may be anything
    """Take away what rules say about a type: the reader wants the type."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return plain(arguments[0])
    if origin in (Union, UnionType):
        return reduce(or_, map(plain, arguments))
    if isinstance(hint, GenericAlias):
        return GenericAlias(origin, tuple(map(plain, arguments)))
    return hint


def simplify(_app: Sphinx, function: Any, _bound: bool) -> None:  # noqa: ANN401, FBT001 -- autodoc's own
    """Let signatures show plain types."""
    hints = getattr(function, "__annotations__", None)
    if isinstance(function, FunctionType) and hints:
        function.__annotations__ = {name: plain(hint) for name, hint in hints.items()}


def keep(
    _app: Sphinx,
    _what: str,
    _name: str,
    member: object,
    _skip: bool,  # noqa: FBT001 -- autodoc's own
    _options: object,
) -> bool | None:
    """Show the members of enumerations, which have no docstrings."""
    return False if isinstance(member, Enum) else None


def copy_notebooks(_app: Sphinx) -> None:
    """Show the notebooks of examples/ among the tutorials; the build runs them."""
    folder = HERE / "tutorial" / "notebooks"
    shutil.rmtree(folder, ignore_errors=True)
    for notebook in sorted((HERE.parent / "examples" / "notebooks").glob("*.ipynb")):
        folder.mkdir(exist_ok=True)
        shutil.copyfile(notebook, folder / notebook.name)


def setup(app: Sphinx) -> None:
    """Hook in what settings cannot say."""
    app.connect("autodoc-before-process-signature", simplify)
    app.connect("autodoc-skip-member", keep)
    app.connect("builder-inited", copy_notebooks)
    app.connect("missing-reference", link_to_root)
