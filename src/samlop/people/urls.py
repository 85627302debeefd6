"""Addresses of the room: what the operator sets up, and a leader's units."""

from django.urls import path

from samlop.people import views

app_name = "people"
MUNICIPALITY = "drift/kommuner/<uuid:municipality_id>/"

urlpatterns = [
    path("drift/kommuner/", views.installation, name="installation"),
    path("drift/kommuner/ny/", views.new_municipality, name="new_municipality"),
    path(MUNICIPALITY, views.municipality, name="municipality"),
    path(f"{MUNICIPALITY}endre/", views.change_municipality, name="change_municipality"),
    path(f"{MUNICIPALITY}nummer/", views.new_number, name="new_number"),
    path(f"{MUNICIPALITY}enhet/", views.set_up_unit, name="set_up_unit"),
    path("drift/fylker/nytt/", views.new_county, name="new_county"),
    path("drift/fylker/<uuid:county_id>/enhet/", views.new_county_unit, name="new_county_unit"),
    path("drift/enheter/<uuid:unit_id>/ansvarlig/", views.appoint, name="appoint"),
    path("drift/ansvarlige/<uuid:membership_id>/lenke/", views.first_link, name="first_link"),
    path("kommune/enheter/ny/", views.new_unit, name="new_unit"),
    path("kommune/enheter/<uuid:unit_id>/", views.unit, name="unit"),
]
