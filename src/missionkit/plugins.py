"""What is installed beside missionkit."""

from importlib import metadata


def distribution_of(module: str) -> str:
    """Return the name of the distribution that a module is from, or nothing."""
    top = module.partition(".")[0]
    return ", ".join(sorted(set(metadata.packages_distributions().get(top, ()))))
