"""Vintages of the published indicators"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "indicator_value",
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("lower", sa.Float(), nullable=True),
        sa.Column("upper", sa.Float(), nullable=True),
        sa.Column("articles", sa.Integer(), nullable=True),
        sa.Column("stories", sa.Integer(), nullable=True),
        sa.Column("sources", sa.Integer(), nullable=True),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("filing", sa.String(), nullable=True),
        sa.Column("model", sa.String(), nullable=True),
        sa.Column("method", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("indicator", "start", "day"),
    )


def downgrade() -> None:
    op.drop_table("indicator_value")
