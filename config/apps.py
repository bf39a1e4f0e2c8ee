from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class TwosourceAdminConfig(AdminConfig):
    default_site = "config.admin_site.TwosourceAdminSite"


class HouseConfig(AppConfig):
    """Makes ``manage.py up`` known to Django."""

    name = "config"
    label = "house"
