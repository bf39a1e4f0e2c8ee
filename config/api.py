"""``/api/v1/``: the resources of both apps under one root."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
