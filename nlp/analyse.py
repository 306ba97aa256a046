"""Reading documents: language, sentences, scores, themes, organisations, figures and their checks, in one go."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from models.records import Analysis, CapexFact, Document, ExtractedDocument, Figure, SentenceScore
from nlp.article import intensity, net_stance
from nlp.checks.check import check_figures
from nlp.figures import read_figures
from nlp.language import READ, language
from nlp.orgs import mentions
from nlp.reader import STANCES, THEMES
from nlp.sentences import Sentence, split
from nlp.stance import Scorer, Scores

RELEVANT_FROM = 0.5
THEME_FROM = 0.4  # among the best on the calibration pieces, where 0.35 to 0.45 differ little
_TOGETHER = 32  # documents scored at once; bounds memory while streaming


@dataclass(frozen=True)
class _Prepared:
    document: Document
    lang: str | None
    sentences: list[Sentence]

    @property
    def scored(self) -> bool:
        return self.lang in READ and bool(self.sentences)

    @property
    def headline(self) -> list[str]:
        """The title, unless the text opens with it."""
        title = (self.document.title or "").strip()
        return [title] if title and not (self.sentences and self.sentences[0].text == title) else []


class Analyser:
    """Reads documents in order, without a database. `capex` are the reported facts that figures are checked against."""

    def __init__(self, scorer: Scorer, capex: Sequence[CapexFact]) -> None:
        self._scorer = scorer
        self._capex = capex

    @property
    def model(self) -> str:
        """Name, version and device in one line."""
        info = self._scorer.info
        return f"{info.name} {info.version} on {info.device}"

    def check_against(self, capex: Sequence[CapexFact]) -> None:
        """From now on check figures against these reported facts."""
        self._capex = capex

    def analyse(self, documents: Iterable[Document]) -> Iterator[Analysis]:
        """One analysis a document, in input order. Languages other than Dutch and English come back without scores."""
        waiting = iter(documents)
        while group := [_prepare(d) for d in islice(waiting, _TOGETHER)]:
            scored = [p for p in group if p.scored]
            scores = iter(self._scorer.score([p.headline + [s.text for s in p.sentences] for p in scored]))
            for prepared in group:
                yield self._whole(prepared, next(scores)) if prepared.scored else _unscored(prepared)

    def figures(self, document: Document, reader: str) -> list[Figure]:
        """The figures of a document alone, with the explanations of their checks in a reader's language, nl or en."""
        prepared = _prepare(document)
        return self._figures(prepared, reader) if prepared.scored else []

    def _whole(self, prepared: _Prepared, scores: Scores) -> Analysis:
        document, sentences = prepared.document, prepared.sentences
        titled = len(prepared.headline)
        relevant = None if scores.relevance is None else scores.relevance >= RELEVANT_FROM
        return Analysis(
            id=document.id,
            lang=prepared.lang,
            relevant=relevant,
            relevance=scores.relevance,
            net_stance=net_stance(scores.stances, titled=bool(titled)),
            intensity=intensity(scores.stances[titled:]),
            themes=[t for t in THEMES if scores.themes.get(t, 0) >= THEME_FROM] if relevant else [],
            orgs=_orgs(document.title, sentences),
            title=next((_scored(Sentence(t, 0, len(t)), scores.stances[0]) for t in prepared.headline), None),
            sentences=[_scored(s, p) for s, p in zip(sentences, scores.stances[titled:], strict=True)],
            figures=self._figures(prepared),
            model=self._scorer.info,
            text=_returned(document),
        )

    def _figures(self, prepared: _Prepared, reader: str | None = None) -> list[Figure]:
        lang, sentences = str(prepared.lang), prepared.sentences
        found = read_figures(sentences, lang, prepared.document.published)
        checked = check_figures(found, sentences, lang, prepared.document.published, self._capex, reader)
        if prepared.document.sentences is not None:
            return checked
        return [_moved(f, sentences[f.sentence].start) for f in checked]


def _prepare(document: Document) -> _Prepared:
    if document.sentences is not None:
        text = "\n".join(document.sentences)
        lang = language(text, document.lang)
        return _Prepared(document, lang, [Sentence(s, 0, len(s)) for s in document.sentences])
    text = document.text or ""
    lang = language(text, document.lang)
    return _Prepared(document, lang, split(text, lang or "en"))


def _unscored(prepared: _Prepared) -> Analysis:
    sentences = [SentenceScore(text=s.text, start=s.start, end=s.end) for s in prepared.sentences]
    return Analysis(id=prepared.document.id, lang=prepared.lang, sentences=sentences, text=_returned(prepared.document))


def _returned(document: Document) -> str | None:
    return document.text if isinstance(document, ExtractedDocument) else None


def _scored(sentence: Sentence, p: tuple[float, float, float]) -> SentenceScore:
    likeliest = STANCES[p.index(max(p))]
    return SentenceScore(
        text=sentence.text, start=sentence.start, end=sentence.end,
        stance=likeliest, p_hype=p[0], p_caution=p[1], p_neutral=p[2],
    )  # fmt: skip


def _orgs(title: str | None, sentences: Sequence[Sentence]) -> list[str]:
    """Canonical names in order of first mention."""
    texts = [title or "", *(s.text for s in sentences)]
    return list(dict.fromkeys(m.name for t in texts for m in mentions(t)))


def _moved(figure: Figure, by: int) -> Figure:
    """With offsets into the whole text, which counts as the one piece that was given."""
    return figure.model_copy(update={"start": figure.start + by, "end": figure.end + by, "sentence": 0})
