from rest_framework.pagination import CursorPagination


class NewestFirst(CursorPagination):
    """Pages by cursor: nothing is skipped or doubled when rows come in between two pages."""

    ordering = "-pk"
    page_size_query_param = "page_size"
    max_page_size = 200
