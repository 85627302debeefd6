from django.urls import path

from samlop.overview import views

app_name = "overview"
urlpatterns = [
    path("", views.my_day, name="my_day"),
    path("deltakere/", views.participants, name="participants"),
    path("deltakere/eksport/", views.export_participants, name="export"),
    path("deltakere/filter/", views.save_filter, name="save_filter"),
    path("deltakere/filter/<uuid:saved_id>/slett/", views.delete_filter, name="delete_filter"),
    path("leder/", views.leader, name="leader"),
    path("sak/<uuid:case_id>/", views.case, name="case"),
]
