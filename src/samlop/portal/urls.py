from django.urls import path

from samlop.portal import views

app_name = "portal"
urlpatterns = [
    path("min-side/", views.home, name="home"),
]
