"""One Pandera class a table of the lake. CONTRACTS lists them in the order of the data."""

from orchestration.contracts.base import Contract
from orchestration.contracts.claims import (
    Claims,
    ExtractionLog,
    Extractions,
    Milestones,
    Numerals,
    Outcomes,
    Projects,
    Standings,
)
from orchestration.contracts.corrections import CorrectedClaims, Corrections
from orchestration.contracts.ledger import Duties, Linkings, Links
from orchestration.contracts.observations import (
    Contexts,
    ContextTopics,
    Industries,
    Layouts,
    Normalisations,
    Observations,
    Subjects,
    Topics,
)
from orchestration.contracts.reviews import ReviewedLinks, Reviews
from orchestration.contracts.sources import (
    Documents,
    DocumentSources,
    Quarantine,
    Readings,
    Sheets,
    SourceFiles,
    Texts,
)

CONTRACTS: tuple[type[Contract], ...] = (
    SourceFiles,
    Readings,
    Texts,
    Sheets,
    Layouts,
    Normalisations,
    Observations,
    Documents,
    DocumentSources,
    Quarantine,
    ExtractionLog,
    Extractions,
    Claims,
    Numerals,
    Standings,
    Milestones,
    Projects,
    Outcomes,
    Corrections,
    CorrectedClaims,
    Reviews,
    ReviewedLinks,
    Subjects,
    Topics,
    Contexts,
    ContextTopics,
    Industries,
    Links,
    Linkings,
    Duties,
)
