from django.urls import path

from samlop.effort import views

app_name = "effort"
urlpatterns = [
    path("innsats/ny/", views.register, name="register"),
]
