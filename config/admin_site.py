from django.contrib.admin import AdminSite


class TwosourceAdminSite(AdminSite):
    site_header = "Twosource"
    site_title = "Twosource"
    index_title = "What came in, what holds"
    empty_value_display = "–"
