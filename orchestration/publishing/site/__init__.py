"""The static site: what leaders and journalists look at. It opens from disk or any web server, and needs no network."""

from orchestration.publishing.site.building import SiteError, SiteReport, build_site, refresh_site

__all__ = ["SiteError", "SiteReport", "build_site", "refresh_site"]
