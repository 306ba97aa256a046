"""Stories: articles that share most of their words, found by MinHash and verified exactly.

The bands of an article's MinHash are kept in the database, so a new article is compared with all earlier ones through
an index, whichever process grouped those (Leskovec et al., Mining of Massive Datasets, chapter 3). A story is what a
chain of copies links, so the order of arrival does not matter.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from sqlalchemy import delete, func, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models.columns import saved_id
from models.tables import Article, Story, StoryBand

SHINGLE = 5  # words
COPY = 0.5  # Jaccard similarity of the shingles from which on two articles are one story
SHORTEST = 150  # characters; less is a stub, and stubs of one paywall are alike
BANDS, ROWS = 32, 3  # at a similarity of 0.5 a pair is missed once in 70, (1 - 0.5**3)**32; at 0.6 once in 2500
BATCH = 500

WORD = re.compile(r"\w+")


def group(session: Session, article_ids: Collection[int] | None = None) -> int:
    """Group these articles, or all that are new or changed, with their copies; returns how many are in a story now.

    Grouped afresh is also the story that an article was in: a changed text may have left it. Texts under 150
    characters are left alone. The caller commits.
    """
    wanted = _waiting(session) if article_ids is None else list(article_ids)
    starts = range(0, len(wanted), BATCH)
    return sum(_group_batch(session, wanted[start : start + BATCH]) for start in starts)


def shingles(text: str) -> set[str]:
    """The runs of five words, lower case and without punctuation."""
    words = WORD.findall(text.lower())
    return {" ".join(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1))}


def jaccard(one: set[str], other: set[str]) -> float:
    """The share of all shingles of both that both have."""
    return len(one & other) / len(one | other) if one or other else 0.0


def bands(parts: Iterable[str]) -> list[int]:
    """One number per band of the MinHash (seed 1), the same on every machine."""
    from datasketch import MinHash  # brings SciPy along, which takes a second to load

    sketch = MinHash(num_perm=BANDS * ROWS, seed=1)
    sketch.update_batch([part.encode() for part in parts])
    digest = sketch.digest().astype("<u8")
    pieces = (digest[at : at + ROWS].tobytes() for at in range(0, BANDS * ROWS, ROWS))
    return [int.from_bytes(hashlib.blake2b(piece, digest_size=8).digest(), "big", signed=True) for piece in pieces]


def _waiting(session: Session) -> list[int]:
    """The articles without bands: a trigger of the database removes them when a text changes."""
    query = select(Article.id).where(
        func.length(Article.text) >= SHORTEST, col(Article.id).not_in(select(StoryBand.article_id))
    )
    return [row for row in session.exec(query.order_by(col(Article.id))) if row is not None]


def _group_batch(session: Session, ids: list[int]) -> int:
    before = _stories(session, _with_their_stories(session, ids))
    texts = _texts(session, before)
    _keep_bands(session, before, texts)
    return _assign(session, before, _copies(session, texts))


def _with_their_stories(session: Session, ids: Collection[int]) -> set[int]:
    """The articles and the rest of the stories that they were in: without them those may fall apart."""
    told = select(Article.story_id).where(col(Article.id).in_(ids), col(Article.story_id).is_not(None))
    rest = session.exec(select(Article.id).where(col(Article.story_id).in_(told))).all()
    return {*ids, *(row for row in rest if row is not None)}


def _stories(session: Session, ids: Collection[int]) -> dict[int, int | None]:
    """The story of each article, in order of id."""
    query = select(Article.id, Article.story_id).where(col(Article.id).in_(ids)).order_by(col(Article.id))
    return {article: story for article, story in session.exec(query) if article is not None}


def _texts(session: Session, ids: Collection[int]) -> dict[int, set[str]]:
    """The shingles of the articles that are long enough."""
    query = select(Article.id, Article.text).where(col(Article.id).in_(ids), func.length(Article.text) >= SHORTEST)
    return {article: shingles(text) for article, text in session.exec(query) if article is not None and text}


def _keep_bands(session: Session, ids: Collection[int], texts: Mapping[int, set[str]]) -> None:
    session.exec(delete(StoryBand).where(col(StoryBand.article_id).in_(ids)))
    session.add_all(
        StoryBand(article_id=article, band=band, value=value)
        for article, parts in texts.items()
        for band, value in enumerate(bands(parts))
    )
    session.flush()


def _copies(session: Session, texts: Mapping[int, set[str]]) -> list[tuple[int, int]]:
    """The pairs of an article here and any article that are copies by exact comparison."""
    ours, theirs = aliased(StoryBand), aliased(StoryBand)
    query = (
        select(ours.article_id, theirs.article_id)
        .join(theirs, (col(theirs.band) == col(ours.band)) & (col(theirs.value) == col(ours.value)))
        .where(col(ours.article_id).in_(texts), col(ours.article_id) != col(theirs.article_id))
        .distinct()
    )
    pairs = session.exec(query).all()
    known = {**_texts(session, {other for _, other in pairs} - set(texts)), **texts}
    return [(one, other) for one, other in pairs if other in known and jaccard(known[one], known[other]) >= COPY]


def _assign(session: Session, before: Mapping[int, int | None], pairs: Iterable[tuple[int, int]]) -> int:
    """Give each chain of copies its story; returns how many of the articles in `before` are in one.

    A story from outside the batch takes part as one node, its number made negative.
    """
    pairs = list(pairs)
    outside = _stories(session, {other for _, other in pairs} - set(before))
    nodes = {article: -story if story else article for article, story in outside.items()}
    taken: set[int] = set()
    told = 0
    for chain in _chains(before, [(one, nodes.get(other, other)) for one, other in pairs]):
        members = [node for node in chain if node > 0]
        joined = [-node for node in chain if node < 0]
        if len(chain) == 1:
            _put(session, members, [], None)
            continue
        inherited = {before.get(member) for member in members} - {None} - taken
        story = min((*joined, *(old for old in inherited if old)), default=None) or _new_story(session, members)
        _put(session, members, joined, story)
        taken.add(story)
        told += sum(member in before for member in members)
    _drop_empty(session, {story for story in (*before.values(), *outside.values()) if story})
    return told


def _chains(articles: Iterable[int], links: Iterable[tuple[int, int]]) -> Iterator[list[int]]:
    """The connected components, in order of their first article."""
    neighbours: defaultdict[int, set[int]] = defaultdict(set)
    for one, other in links:
        neighbours[one].add(other)
        neighbours[other].add(one)
    seen: set[int] = set()
    for article in articles:
        chain, ahead = [], [article]
        while ahead:
            node = ahead.pop()
            if node not in seen:
                seen.add(node)
                chain.append(node)
                ahead.extend(neighbours[node])
        if chain:
            yield sorted(chain)


def _new_story(session: Session, members: Collection[int]) -> int:
    first = session.exec(select(func.min(Article.first_seen)).where(col(Article.id).in_(members))).one()
    story = Story(first_seen=first)
    session.add(story)
    session.flush()
    return saved_id(story)


def _put(session: Session, members: Collection[int], joined: Collection[int], story: int | None) -> None:
    chosen = col(Article.id).in_(members) | col(Article.story_id).in_(joined)
    session.exec(update(Article).where(chosen).values(story_id=story))
    if story is not None:
        first = select(func.min(Article.first_seen)).where(Article.story_id == story).scalar_subquery()
        session.exec(update(Story).where(col(Story.id) == story).values(first_seen=first))


def _drop_empty(session: Session, stories: Collection[int]) -> None:
    told = select(Article.story_id).where(col(Article.story_id).in_(stories))
    session.exec(delete(Story).where(col(Story.id).in_(stories), col(Story.id).not_in(told)))
