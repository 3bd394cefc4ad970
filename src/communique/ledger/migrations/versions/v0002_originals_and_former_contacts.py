"""Inputs that were set aside keep their bytes; ids of contacts that became part of others lead to them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_NAME = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add a column and a table."""
    op.add_column("issues", sa.Column("original", sa.LargeBinary()))
    op.create_table(
        "former_contacts",
        sa.Column("id", _NAME, nullable=False),
        sa.Column("successor", _NAME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_contacts")),
    )
