"""Alembic's entry: runs migrations on the connection that `hub.migrations` hands over."""

from alembic import context

from hub.migrations.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
