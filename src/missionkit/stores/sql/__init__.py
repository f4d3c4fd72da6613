"""A store in a database, through SQLAlchemy: proved on PostgreSQL and on SQLite."""
