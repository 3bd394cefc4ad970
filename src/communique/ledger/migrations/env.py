"""Runs the migrations on the connection that ``ledger.upgrade`` hands over, inside its transaction."""

from alembic import context

from communique.ledger.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
