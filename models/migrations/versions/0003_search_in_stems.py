"""Search in stems on both databases; the probabilities of the title"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TITLE = ("title_p_hype", "title_p_caution", "title_p_neutral")
TRIGGERS = ("article_words_insert", "article_words_delete", "article_words_update")
COLUMNS = "rowid, title, text, title_stems, text_stems"
ACCENTED, PLAIN = "àáâãäåçèéêëìíîïñòóôõöøùúûüýÿ", "aaaaaaceeeeiiiinoooooouuuuyy"


def upgrade() -> None:
    for column in TITLE:
        op.add_column("score", sa.Column(column, sa.Float(), nullable=True))
    if op.get_bind().dialect.name == "sqlite":
        _drop_sqlite()
        _create_sqlite()
    else:
        _create_postgresql()


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _drop_sqlite()
        _create_words_only()
    else:
        _drop_postgresql()
    for column in TITLE:
        op.drop_column("score", column)


def _create_sqlite() -> None:
    """Words and stems of title and text. The SQL function `stems` is Zeepbel's: whoever writes articles has it."""
    op.execute(
        "CREATE VIRTUAL TABLE article_words USING fts5(title, text, title_stems, text_stems, "
        "content='', tokenize='unicode61 remove_diacritics 2', prefix='3')"
    )
    add = f"INSERT INTO article_words({COLUMNS}) VALUES ({_values('new')});"  # noqa: S608  words of this file alone
    drop = f"INSERT INTO article_words(article_words, {COLUMNS}) VALUES ('delete', {_values('old')});"  # noqa: S608
    op.execute(f"CREATE TRIGGER article_words_insert AFTER INSERT ON article BEGIN {add} END")
    op.execute(f"CREATE TRIGGER article_words_delete AFTER DELETE ON article BEGIN {drop} END")
    op.execute(
        f"CREATE TRIGGER article_words_update AFTER UPDATE OF title, text, lang ON article BEGIN {drop} {add} END"
    )
    op.execute(f"INSERT INTO article_words({COLUMNS}) SELECT {_values('article')} FROM article")  # noqa: S608


def _values(row: str) -> str:
    return f"{row}.id, {row}.title, {row}.text, stems({row}.lang, {row}.title), stems({row}.lang, {row}.text)"


def _drop_sqlite() -> None:
    for trigger in TRIGGERS:
        op.execute(f"DROP TRIGGER {trigger}")
    op.execute("DROP TABLE article_words")


def _create_words_only() -> None:
    """As the first schema has it."""
    op.execute(
        "CREATE VIRTUAL TABLE article_words USING fts5"
        "(title, text, content='article', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='3')"
    )
    add = "INSERT INTO article_words(rowid, title, text) VALUES (new.id, new.title, new.text);"
    drop = (
        "INSERT INTO article_words(article_words, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);"
    )
    op.execute(f"CREATE TRIGGER article_words_insert AFTER INSERT ON article BEGIN {add} END")
    op.execute(f"CREATE TRIGGER article_words_delete AFTER DELETE ON article BEGIN {drop} END")
    op.execute(f"CREATE TRIGGER article_words_update AFTER UPDATE OF title, text ON article BEGIN {drop} {add} END")
    op.execute("INSERT INTO article_words(article_words) VALUES ('rebuild')")


def _create_postgresql() -> None:
    """PostgreSQL's own `dutch` and `english`, but with their stop words: "de" is found as it is on SQLite."""
    for name, language in (("nl", "dutch"), ("en", "english")):
        op.execute(f"CREATE TEXT SEARCH DICTIONARY zeepbel_{name} (TEMPLATE = snowball, LANGUAGE = {language})")
        op.execute(f"CREATE TEXT SEARCH CONFIGURATION zeepbel_{name} (COPY = {language})")
        op.execute(
            f"ALTER TEXT SEARCH CONFIGURATION zeepbel_{name} ALTER MAPPING REPLACE {language}_stem WITH zeepbel_{name}"
        )
    op.execute("CREATE TEXT SEARCH CONFIGURATION zeepbel_plain (COPY = simple)")
    op.execute(
        f"ALTER TABLE article ADD COLUMN words tsvector GENERATED ALWAYS AS ({_weighed('zeepbel_plain')}) STORED"
    )
    op.execute(
        "ALTER TABLE article ADD COLUMN stems tsvector GENERATED ALWAYS AS (CASE lang "
        f"WHEN 'nl' THEN {_weighed('zeepbel_nl')} WHEN 'en' THEN {_weighed('zeepbel_en')} "
        f"ELSE {_weighed('zeepbel_plain')} END) STORED"
    )
    for column in ("words", "stems"):
        op.execute(f"CREATE INDEX article_{column} ON article USING gin ({column})")
    op.execute(
        "CREATE FUNCTION forget_story_bands() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN DELETE FROM story_band WHERE article_id = new.id; RETURN NULL; END $$"
    )
    op.execute(
        "CREATE TRIGGER story_band_stale AFTER UPDATE OF text ON article FOR EACH ROW "
        "WHEN (new.text IS DISTINCT FROM old.text) EXECUTE FUNCTION forget_story_bands()"
    )


def _weighed(configuration: str) -> str:
    """A tsvector of the title (A) and the text (B), accents taken off as SQLite does."""
    parts = (("title", "A"), ("text", "B"))
    return " || ".join(
        f"setweight(to_tsvector('{configuration}', "
        f"translate(lower(coalesce({column}, '')), '{ACCENTED}', '{PLAIN}')), '{letter}')"
        for column, letter in parts
    )


def _drop_postgresql() -> None:
    op.execute("DROP TRIGGER story_band_stale ON article")
    op.execute("DROP FUNCTION forget_story_bands")
    for column in ("words", "stems"):
        op.execute(f"ALTER TABLE article DROP COLUMN {column}")
    for name in ("nl", "en", "plain"):
        op.execute(f"DROP TEXT SEARCH CONFIGURATION zeepbel_{name}")
    for name in ("nl", "en"):
        op.execute(f"DROP TEXT SEARCH DICTIONARY zeepbel_{name}")
