"""The site with a bare view of one row beside it: what gunicorn serves."""

# ruff: noqa: E402 - Django is set up before what needs it is imported
from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import include, path
from rest_framework.generics import RetrieveAPIView
from rest_framework.serializers import ModelSerializer

from claims.models import Claim

settings.ROOT_URLCONF = __name__
settings.API_RATE = "100000000/minute"


class RowSerializer(ModelSerializer[Claim]):
    class Meta:
        model = Claim
        fields = "__all__"


class BareView(RetrieveAPIView[Claim]):
    queryset = Claim.objects.all()
    serializer_class = RowSerializer


urlpatterns = [path("bare/<int:pk>/", BareView.as_view()), path("", include("config.urls"))]
application = get_wsgi_application()
