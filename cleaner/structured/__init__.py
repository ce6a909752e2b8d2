"""What a page's own markup says of it: JSON-LD, microdata, meta elements, and, where these are silent, its bylines."""

from cleaner.structured.claims import Kind
from cleaner.structured.page_metadata import PageMetadata, read

__all__ = ["Kind", "PageMetadata", "read"]
