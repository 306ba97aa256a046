"""Public series with their vintages"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "public_series",
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("vintage", sa.Date(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("series", "start", "vintage"),
        sa.CheckConstraint("series <> ''", name="public_series_named"),
        sa.CheckConstraint("start <= vintage", name="public_series_begun"),
        sa.CheckConstraint("value BETWEEN -1e300 AND 1e300", name="public_series_finite"),
    )


def downgrade() -> None:
    op.drop_table("public_series")
