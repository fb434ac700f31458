"""The reference site's own pages: the front page, news of trainings, the library and halls."""

from home.models.front import HomePage
from home.models.hall import BalaiRakyatIndexPage, BalaiRakyatPage, HallOfficer
from home.models.library import LibraryDocument, LibraryPage, LibraryShelfPage, published_documents
from home.models.news import NewsIndexPage, OrganisationNewsPage, TrainingNewsPage
from home.models.pictures import NewsPicture

__all__ = [
    "BalaiRakyatIndexPage",
    "BalaiRakyatPage",
    "HallOfficer",
    "HomePage",
    "LibraryDocument",
    "LibraryPage",
    "LibraryShelfPage",
    "NewsIndexPage",
    "NewsPicture",
    "OrganisationNewsPage",
    "TrainingNewsPage",
    "published_documents",
]
