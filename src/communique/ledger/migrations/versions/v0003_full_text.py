"""Texts can be searched by their words."""

from alembic import op

from communique.ledger import fulltext

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the full-text table of SQLite, and fill it."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(fulltext.CREATE)
        op.execute(fulltext.REBUILD)
