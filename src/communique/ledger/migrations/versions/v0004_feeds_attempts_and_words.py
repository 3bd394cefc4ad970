"""Feeds and what was seen in them; how often an input was tried in vain; on a server, the index of words."""

import sqlalchemy as sa
from alembic import op

from communique.ledger import fulltext

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_NAME = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add columns and tables, and index what is there."""
    for name, kind in (("sha256", sa.Text()), ("attempts", sa.Integer()), ("options", sa.Text())):
        op.add_column("issues", sa.Column(name, kind))
    op.create_index("ix_issues_sha256", "issues", ["sha256"])
    _feeds()
    if op.get_bind().dialect.name != "sqlite":
        fulltext.create_on_server(op.get_bind())


def _feeds() -> None:
    op.create_table(
        "feeds",
        sa.Column("url", _NAME, nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("etag", sa.Text()),
        sa.Column("modified", sa.Text()),
        sa.Column("first_tried", sa.Text(), nullable=False),
        sa.Column("last_tried", sa.Text(), nullable=False),
        sa.Column("last_answer", sa.Text()),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.Text()),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_feeds")),
    )
    reference = op.f("fk_feed_entries_feed_feeds")
    op.create_table(
        "feed_entries",
        sa.Column("feed", _NAME, nullable=False),
        sa.Column("url", _NAME, nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("published", sa.Text()),
        sa.Column("first_seen", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text()),
        sa.Column("modified", sa.Text()),
        sa.Column("document", _NAME),
        sa.PrimaryKeyConstraint("feed", "url", name=op.f("pk_feed_entries")),
        sa.ForeignKeyConstraint(["feed"], ["feeds.url"], name=reference, ondelete="CASCADE"),
    )
    op.create_index("ix_feed_entries_document", "feed_entries", ["document"])
