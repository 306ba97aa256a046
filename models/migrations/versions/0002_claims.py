"""The claim ledger"""

import sqlalchemy as sa
from alembic import op

import models.columns

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

CLAIM_INDEXES = ("first_seen", "key", "metric", "spread", "verdict", "who")
FORMER_INDEXES = ("article_id", "claim_id")
ALONE = {"resolve_fks": False}  # the tables that it points to need not be looked at


def upgrade() -> None:
    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("anchor", sa.Float(), nullable=False),
        sa.Column("metric", sa.String(), nullable=False),
        sa.Column("subjects", sa.JSON(), nullable=False),
        sa.Column("period", sa.String(), nullable=True),
        sa.Column("change", sa.Boolean(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("noun", sa.String(), nullable=True),
        sa.Column("direction", sa.String(), nullable=True),
        sa.Column("first_seen", models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("last_seen", models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("sources", sa.Integer(), nullable=False),
        sa.Column("spread", sa.Integer(), nullable=False),
        sa.Column("low", sa.Float(), nullable=False),
        sa.Column("high", sa.Float(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    _index("claim", CLAIM_INDEXES)
    op.create_table(
        "former_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("value_to", sa.Float(), nullable=True),
        sa.Column("qualifier", sa.String(), nullable=True),
        sa.Column("verdict", sa.String(), nullable=True),
        sa.Column("checks", sa.JSON(), nullable=False),
        sa.Column("since", models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("replaced", models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"]),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    _index("former_figure", FORMER_INDEXES)
    # added in place: a copy of the table would break the rows of figure_org that point to it
    op.execute("ALTER TABLE figure ADD COLUMN claim_id INTEGER REFERENCES claim (id)")
    op.add_column("figure", sa.Column("later", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("figure", sa.Column("since", models.columns.UtcDateTime(timezone=True), nullable=True))
    op.create_index("ix_figure_claim_id", "figure", ["claim_id"])


def downgrade() -> None:
    with op.batch_alter_table("figure", reflect_kwargs=ALONE) as batch_op:
        batch_op.drop_index(batch_op.f("ix_figure_claim_id"))
        batch_op.drop_column("since")
        batch_op.drop_column("later")
        batch_op.drop_column("claim_id")
    for table, columns in (("former_figure", FORMER_INDEXES), ("claim", CLAIM_INDEXES)):
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in columns:
                batch_op.drop_index(batch_op.f(f"ix_{table}_{column}"))
        op.drop_table(table)


def _index(table: str, columns: tuple[str, ...]) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        for column in columns:
            batch_op.create_index(batch_op.f(f"ix_{table}_{column}"), [column], unique=False)
