"""Foreign formats, one a module: what is lost on the way is reported."""
